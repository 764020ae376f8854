package dev.evenkeel.it.httpasyncclient4;

import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("4.1.3")
class HttpAsyncClient413ContractIT extends HttpAsyncClient4ContractIT {}
