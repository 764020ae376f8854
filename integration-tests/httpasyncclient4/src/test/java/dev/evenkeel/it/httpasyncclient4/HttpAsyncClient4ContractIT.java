package dev.evenkeel.it.httpasyncclient4;

class HttpAsyncClient4ContractIT extends AsyncContractTest {
  HttpAsyncClient4ContractIT() {
    super(HttpAsyncClient4Driver.class);
  }
}
