package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("5.4")
class HttpClient54ContractIT extends HttpClient5ContractIT {}
