package dev.evenkeel.testkit.contract;

import dev.evenkeel.testkit.client.ClientDriver;

/** What each part of the contract needs to know. Not thread-safe; one per test. */
interface Contract {
  /** The client under test. */
  ClientDriver driver();
}
