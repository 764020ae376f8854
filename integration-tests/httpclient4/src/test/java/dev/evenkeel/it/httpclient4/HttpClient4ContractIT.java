package dev.evenkeel.it.httpclient4;

import dev.evenkeel.testkit.contract.ClientContractTest;

class HttpClient4ContractIT extends ClientContractTest {
  HttpClient4ContractIT() {
    super(HttpClient4Driver.class);
  }
}
