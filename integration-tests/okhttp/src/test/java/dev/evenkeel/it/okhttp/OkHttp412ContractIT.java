package dev.evenkeel.it.okhttp;

import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("4.12.0")
class OkHttp412ContractIT extends OkHttpContractIT {}
