package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.contract.ClientContractTest;

class HttpClient5ContractIT extends ClientContractTest {
  HttpClient5ContractIT() {
    super(HttpClient5Driver.class);
  }
}
