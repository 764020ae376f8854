package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.contract.ClientContractTest;
import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("5.1")
class HttpClient51MinimalContractIT extends ClientContractTest {
  HttpClient51MinimalContractIT() {
    super(HttpClient51MinimalDriver.class);
  }
}
