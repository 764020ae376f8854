package dev.evenkeel.it.okhttp;

import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("3.14.9")
class OkHttp314ContractIT extends OkHttpContractIT {}
