package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.contract.ClientContractTest;
import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("5.2.3")
class HttpClient52ContractIT extends ClientContractTest {
  HttpClient52ContractIT() {
    super(HttpClient52Driver.class);
  }
}
