package dev.evenkeel.testkit.contract;

import dev.evenkeel.testkit.agent.Balance;
import dev.evenkeel.testkit.agent.Bean;
import dev.evenkeel.testkit.agent.ServerBean;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.server.ServerFleet;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What one test plays with: servers, the balance, and clients. Confined to the test's thread. */
public final class Stage {
  /** The service that most tests balance, which is also its host. */
  public static final String SERVICE = "orders";

  private final ClientDriver driver;
  private final Balance balance;
  private final ServerFleet fleet;
  private final List<Client> clients = new ArrayList<>();

  Stage(ClientDriver driver, Balance balance) {
    this.driver = driver;
    this.balance = balance;
    this.fleet = new ServerFleet(driver.speaksOnlyHttp2());
  }

  public ServerFleet fleet() {
    return fleet;
  }

  public Balance balance() {
    return balance;
  }

  /** Opens a client with neither redirects nor cookies. */
  public Client client() {
    return client(ClientOptions.PLAIN);
  }

  /** Opens a client; the stage closes it. */
  public Client client(ClientOptions options) {
    Client client = driver.open(options);
    clients.add(client);
    return client;
  }

  /** Balances {@link #SERVICE} over these servers, each with weight 1. */
  public void balanceOver(TestServer... servers) {
    ServiceConfig service = ServiceConfig.named(SERVICE);
    for (TestServer server : servers) {
      service = service.server(server);
    }
    balance.apply(service);
  }

  /** Kills a server whose connections clients keep; none is used for a request any more. */
  public void kill(TestServer server) throws IOException {
    if (driver.watchesKeptConnections()) {
      server.killAndAwaitClients();
    } else {
      server.kill();
    }
  }

  /** The MBean of {@link #SERVICE}. */
  public Bean service() {
    return balance.service(SERVICE);
  }

  /** The MBean of a server of {@link #SERVICE}. */
  public ServerBean bean(TestServer server) {
    return balance.server(SERVICE, server);
  }

  /** Makes calls one after the other, and names the server of each. */
  public static List<String> servedBy(Client client, String url, int calls) throws IOException {
    List<String> servers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      servers.add(client.call(Call.get(url)).servedBy());
    }
    return servers;
  }

  void close() throws IOException {
    clients.forEach(Client::close);
    fleet.close();
  }
}
