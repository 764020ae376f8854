package dev.evenkeel.it.httpasyncclient4;

import dev.evenkeel.testkit.contract.LibraryVersion;

@LibraryVersion("4.1")
class Minimal41ContractIT extends AsyncContractTest {
  Minimal41ContractIT() {
    super(Minimal41Driver.class);
  }
}
