package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.contract.ClientContractTest;

class HttpClient5MinimalContractIT extends ClientContractTest {
  HttpClient5MinimalContractIT() {
    super(HttpClient5MinimalDriver.class);
  }
}
