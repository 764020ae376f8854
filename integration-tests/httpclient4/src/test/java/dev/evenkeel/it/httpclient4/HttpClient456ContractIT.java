package dev.evenkeel.it.httpclient4;

import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("4.5.6")
class HttpClient456ContractIT extends HttpClient4ContractIT {}
