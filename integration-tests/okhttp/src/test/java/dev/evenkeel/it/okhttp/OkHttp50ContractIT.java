package dev.evenkeel.it.okhttp;

import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("5.0.0")
class OkHttp50ContractIT extends OkHttpContractIT {}
