package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("5.2.3")
class HttpClient52AsyncContractIT extends LeasingAsyncContractTest {
  HttpClient52AsyncContractIT() {
    super(HttpClient54AsyncDriver.class);
  }
}
