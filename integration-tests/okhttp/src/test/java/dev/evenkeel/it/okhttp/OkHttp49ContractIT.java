package dev.evenkeel.it.okhttp;

import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("4.9.3")
class OkHttp49ContractIT extends OkHttpContractIT {}
