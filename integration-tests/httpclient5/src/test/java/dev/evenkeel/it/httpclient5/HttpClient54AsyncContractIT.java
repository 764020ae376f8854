package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("5.4")
class HttpClient54AsyncContractIT extends LeasingAsyncContractTest {
  HttpClient54AsyncContractIT() {
    super(HttpClient54AsyncDriver.class);
  }
}
