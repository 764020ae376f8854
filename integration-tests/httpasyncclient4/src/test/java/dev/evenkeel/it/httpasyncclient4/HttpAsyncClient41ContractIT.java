package dev.evenkeel.it.httpasyncclient4;

import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("4.1")
class HttpAsyncClient41ContractIT extends AsyncContractTest {
  HttpAsyncClient41ContractIT() {
    super(HttpAsyncClient41Driver.class);
  }
}
