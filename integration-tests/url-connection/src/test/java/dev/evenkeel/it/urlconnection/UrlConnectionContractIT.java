package dev.evenkeel.it.urlconnection;

import dev.evenkeel.testkit.contract.ClientContractTest;

class UrlConnectionContractIT extends ClientContractTest {
  UrlConnectionContractIT() {
    super(UrlConnectionDriver.class);
  }
}
