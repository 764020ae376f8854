package dev.evenkeel.testkit.contract;

import dev.evenkeel.testkit.client.ClientDriver;

/**
 * What tests on a {@link Stage} say of themselves. Add {@link ContractExtension} to tests of one
 * client's own. Not thread-safe; one per test.
 */
public interface Contract {
  /** The client under test. */
  ClientDriver driver();
}
