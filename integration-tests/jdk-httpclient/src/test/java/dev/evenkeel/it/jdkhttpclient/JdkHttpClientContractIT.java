package dev.evenkeel.it.jdkhttpclient;

import dev.evenkeel.testkit.contract.ClientContractTest;

class JdkHttpClientContractIT extends ClientContractTest {
  JdkHttpClientContractIT() {
    super(JdkHttpClientDriver.class);
  }
}
