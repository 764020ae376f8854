package dev.evenkeel.it.urlconnection;

import static dev.evenkeel.it.urlconnection.Connections.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls by http through an HTTP proxy, which gets each request and knows the server from it. */
@ExtendWith(ContractExtension.class)
class UrlConnectionProxyIT implements Contract {
  private static final String LOGICAL = "http://orders/path?q=1";

  private final List<String> seen = new ArrayList<>();

  @Override
  public ClientDriver driver() {
    return new UrlConnectionDriver();
  }

  private static Proxy at(String url) {
    URI uri = URI.create(url);
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), uri.getPort()));
  }

  private static HttpURLConnection connection(String url, TestServer proxy) throws IOException {
    return (HttpURLConnection) new URL(url).openConnection(at(proxy.url()));
  }

  @Test
  void connectionsToTheProxy_areKeptByServer_andApartFromDirectOnes(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    TestServer proxy = stage.fleet().http("proxy");
    stage.balanceOver(a, b);

    for (int i = 0; i < 4; i++) {
      assertThat(text(connection(LOGICAL, proxy))).isEmpty();
    }
    for (int i = 0; i < 4; i++) {
      assertThat(text(Connections.connection(LOGICAL))).isEmpty();
    }
    for (int i = 0; i < 4; i++) {
      assertThat(text(connection(LOGICAL, proxy))).isEmpty();
    }

    assertThat(proxy.received())
        .extracting(Received::requestLine)
        .containsOnly(
            "GET " + a.url() + "/path?q=1 HTTP/1.1", "GET " + b.url() + "/path?q=1 HTTP/1.1")
        .hasSize(8);
    assertThat(List.of(proxy.connections(), a.connections() + b.connections())).containsOnly(2, 2);
  }

  @Test
  void credentialsThatTheProxyAsksFor_goToTheProxy(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer proxy = stage.fleet().http("proxy");
    proxy.answers(Script.forProxyCredentials("let in"));
    stage.balanceOver(a);
    HttpURLConnection connection = connection(LOGICAL, proxy);
    connection.setAuthenticator(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            seen.add(getRequestorType() + " " + getRequestingURL());
            return new PasswordAuthentication("ann", "secret".toCharArray());
          }
        });

    assertThat(text(connection)).isEqualTo("let in");
    assertThat(seen).containsExactly("PROXY " + LOGICAL);
    assertThat(proxy.received())
        .extracting(Received::requestLine)
        .containsExactly(
            "GET " + a.url() + "/path?q=1 HTTP/1.1", "GET " + a.url() + "/path?q=1 HTTP/1.1");
  }

  @Test
  void proxyOfTheSystemProperty_isToldTheServer(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer proxy = stage.fleet().http("proxy");
    stage.balanceOver(a);
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", "" + URI.create(proxy.url()).getPort());

    try {
      HttpURLConnection connection = Connections.connection(LOGICAL);
      assertThat(text(connection)).isEmpty();
      assertThat(connection.usingProxy()).isTrue();
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
    }

    assertThat(proxy.received().get(0).requestLine())
        .isEqualTo("GET " + a.url() + "/path?q=1 HTTP/1.1");
  }

  @Test
  void proxyThatCannotBeReached_isLeftForTheNext_andNoServerIsBlamed(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    TestServer proxy = stage.fleet().http("proxy");
    String refused = stage.fleet().refusedUrl();
    stage.balanceOver(a, b);

    for (Proxy next : List.of(at(proxy.url()), Proxy.NO_PROXY)) {
      selecting(
          List.of(at(refused), next),
          () -> assertThat(text(Connections.connection(LOGICAL))).isEmpty());
    }

    assertThat(seen)
        .containsExactly(
            LOGICAL, LOGICAL + " failed at " + at(refused).address(),
            LOGICAL, LOGICAL + " failed at " + at(refused).address());
    assertThat(proxy.received()).hasSize(1);
    assertThat(a.received().size() + b.received().size()).isEqualTo(1);
    assertThat(stage.bean(a).failures() + stage.bean(b).failures()).isZero();
  }

  @Test
  void proxyThatCannotBeReached_withoutANext_failsTheCallAsWithoutTheAgent(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);
    Proxy refused = at(stage.fleet().refusedUrl());

    assertThatThrownBy(() -> new URL(LOGICAL).openConnection(refused).getInputStream())
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessageStartingWith("Connection refused");

    assertThat(a.received()).isEmpty();
    assertThat(stage.bean(a).failures()).isZero();
  }

  @Test
  void httpsServers_areOutOfReach_andTheProxyGetsTheLogicalUrlWhereThereIsNoOther(Stage stage)
      throws IOException {
    TestServer secure = stage.fleet().https("a");
    TestServer plain = stage.fleet().http("plain");
    TestServer proxy = stage.fleet().http("proxy");

    stage.balanceOver(secure);
    assertThat(text(connection(LOGICAL, proxy))).isEmpty();
    stage.balanceOver(secure, plain);
    for (int i = 0; i < 2; i++) {
      assertThat(text(connection(LOGICAL, proxy))).isEmpty();
    }

    String toPlain = "GET " + plain.url() + "/path?q=1 HTTP/1.1";
    assertThat(proxy.received())
        .extracting(Received::requestLine)
        .containsExactly("GET " + LOGICAL + " HTTP/1.1", toPlain, toPlain);
    assertThat(stage.bean(secure).failures()).isZero();
  }

  /** What may throw what calls throw. */
  private interface Calling {
    void run() throws IOException;
  }

  private void selecting(List<Proxy> proxies, Calling calling) throws IOException {
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            seen.add(uri.toString());
            return proxies;
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            seen.add(uri + " failed at " + address);
          }
        });
    try {
      calling.run();
    } finally {
      ProxySelector.setDefault(before);
    }
  }
}
