package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Library;
import dev.evenkeel.testkit.client.Requires;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Only a contract that passed wholly leaves a proof. */
class PassedContractExtensionTest {
  private static final Library LIBRARY = new Library("A client", "1.0");

  @TempDir Path folder;

  @Test
  void contract_thatPassed_leavesItsProof() throws IOException {
    assertThat(proofsOf(selectClass(Passing.class)))
        .containsExactly(
            new PassedContract(LIBRARY, "adapter", Runtime.version().feature(), "this build"));
  }

  @Test
  void contract_ofWhichOneTestFailed_leavesNone() throws IOException {
    assertThat(proofsOf(selectClass(OneFails.class))).isEmpty();
  }

  @Test
  void contract_ofWhichOneInvocationFailed_leavesNone() throws IOException {
    assertThat(proofsOf(selectClass(OneInvocationFails.class))).isEmpty();
  }

  @Test
  void contract_ofWhichOneTestWasSkippedWithoutNeed_leavesNone() throws IOException {
    assertThat(proofsOf(selectClass(OneIsSkipped.class))).isEmpty();
  }

  @Test
  void contract_thatFailedAfterItsTests_leavesNone() throws IOException {
    assertThat(proofsOf(selectClass(FailsAfterwards.class))).isEmpty();
  }

  @Test
  void contract_ofWhichOnlySomeTestsRan_leavesNone() throws IOException {
    assertThat(proofsOf(selectMethod(Passing.class, "plain"))).isEmpty();
  }

  private List<PassedContract> proofsOf(DiscoverySelector tests) throws IOException {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(tests)
                .configurationParameter("passed.contracts", folder.toString())
                .configurationParameter("build.started", "this build")
                .build());
    return PassedContract.read(folder);
  }

  /** Named as no test is, so that only the tests above run it. */
  @ExtendWith(PassedContractExtension.class)
  static class Passing {
    Passing() {
      ClientDriver driver = Drivers.of(getClass(), Driver.class);
      assertThat(driver.library()).isEqualTo(LIBRARY);
    }

    @Test
    void plain() {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void repeated(int number) {
      assertThat(number).isPositive();
    }

    @Test
    @Requires(Capability.HTTP_2)
    void beyondTheClient() {
      Assumptions.abort();
    }
  }

  static final class OneFails extends Passing {
    @Test
    void failing() {
      Assertions.fail();
    }
  }

  static final class OneInvocationFails extends Passing {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void failingOnce(int number) {
      assertThat(number).isEqualTo(1);
    }
  }

  static final class OneIsSkipped extends Passing {
    @Test
    void skipped() {
      Assumptions.abort();
    }
  }

  @ExtendWith(Failing.class)
  static final class FailsAfterwards extends Passing {}

  static final class Failing implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) {
      Assertions.fail();
    }
  }

  static final class Driver implements ClientDriver {
    @Override
    public String name() {
      return "adapter";
    }

    @Override
    public Library library() {
      return LIBRARY;
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.GZIP);
    }

    @Override
    public Client open(ClientOptions options) {
      throw new UnsupportedOperationException(options.toString());
    }
  }
}
