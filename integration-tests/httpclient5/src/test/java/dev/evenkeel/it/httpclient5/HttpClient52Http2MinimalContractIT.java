package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("5.2.3")
class HttpClient52Http2MinimalContractIT extends Http2MinimalContractTest {}
