package dev.evenkeel.it.httpclient4;

import dev.evenkeel.testkit.contract.ClientContractTest;
import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("4.5")
class HttpClient450ContractIT extends ClientContractTest {
  HttpClient450ContractIT() {
    super(HttpClient450Driver.class);
  }
}
