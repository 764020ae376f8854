package dev.evenkeel.testkit.contract;

import dev.evenkeel.testkit.client.ClientDriver;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole contract for one client. A client's module has one class that extends this and says
 * which driver; it runs under the packaged agent, in a JVM with {@code -javaagent}, {@code
 * -Devenkeel.config} naming a file that the tests may write, and {@code -Djdk.net.hosts.file}
 * naming the servers of the fleet and nothing else, so that a call that is not balanced by mistake
 * cannot leave the machine.
 *
 * <p>A further version of the library is one more class, which extends the client's and has {@link
 * LibraryVersion}. A run that passes wholly leaves a {@link PassedContract}. Not thread-safe; one
 * per test.
 */
@ExtendWith({PassedContractExtension.class, ContractExtension.class})
public abstract class ClientContractTest
    implements WeightsContract,
        MatchingContract,
        HostFormContract,
        RequestContract,
        PreservePathContract,
        ResponseContract,
        MessageContract,
        NestedContract,
        WrappedContract,
        ConnectionContract,
        TlsContract,
        ServersTransportContract,
        H2cContract,
        ProxyContract,
        TunnelContract,
        StateContract,
        ConnectFailureContract,
        SentFailureContract,
        StickyContract,
        RememberedSessionContract,
        HealthContract,
        OperationsContract,
        ReloadContract,
        LifecycleContract,
        LeakContract,
        MirroredRequestContract,
        MirrorContract,
        FailoverErrorsContract {
  private final ClientDriver driver;

  /**
   * The contract for one client.
   *
   * @param driver has a constructor without arguments; made once, in the class loader that {@link
   *     LibraryVersion} asks for
   */
  protected ClientContractTest(Class<? extends ClientDriver> driver) {
    this.driver = Drivers.of(getClass(), driver);
  }

  @Override
  public final ClientDriver driver() {
    return driver;
  }
}
