package dev.evenkeel.it.okhttp;

import dev.evenkeel.testkit.contract.ClientContractTest;

class OkHttpContractIT extends ClientContractTest {
  OkHttpContractIT() {
    super(OkHttpDriver.class);
  }
}
