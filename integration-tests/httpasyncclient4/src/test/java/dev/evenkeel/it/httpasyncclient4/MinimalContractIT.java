package dev.evenkeel.it.httpasyncclient4;

class MinimalContractIT extends AsyncContractTest {
  MinimalContractIT() {
    super(MinimalDriver.class);
  }
}
