package dev.evenkeel.it.httpclient4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an application hangs into HttpClient, and the context it gets back, are logical. */
@ExtendWith(ContractExtension.class)
class HttpClient4ViewsIT implements Contract {
  private static final String URL = "http://orders/path?q=1";

  private final List<String> seen = new ArrayList<>();

  @Override
  public ClientDriver driver() {
    return new HttpClient4Driver();
  }

  @Test
  void interceptors_seeTheLogicalRequest(Stage stage) throws Exception {
    stage.balanceOver(stage.fleet().http("a"));
    HttpClientBuilder builder =
        HttpClients.custom()
            .addInterceptorFirst(
                (HttpRequestInterceptor) (request, context) -> note("first", request, context))
            .addInterceptorLast(
                (HttpRequestInterceptor) (request, context) -> note("last", request, context));

    String server = call(builder, HttpClientContext.create());

    assertThat(server).isEqualTo("a");
    assertThat(seen)
        .containsExactly(
            "first /path?q=1 of http://orders to http://orders:80",
            "last /path?q=1 of http://orders to http://orders:80");
  }

  private void note(String name, HttpRequest request, HttpContext context) {
    HttpClientContext view = HttpClientContext.adapt(context);
    HttpHost route = view.getHttpRoute().getTargetHost();
    seen.add(
        "%s %s of %s to %s"
            .formatted(name, request.getRequestLine().getUri(), view.getTargetHost(), route));
  }

  @Test
  void context_afterTheCall_isLogical(Stage stage) throws Exception {
    stage.balanceOver(stage.fleet().http("a"));
    HttpClientContext context = HttpClientContext.create();

    String server = call(HttpClients.custom(), context);

    assertThat(server).isEqualTo("a");
    assertThat(context.getRequest().getRequestLine().getUri()).isEqualTo("/path?q=1");
    assertThat(context.getTargetHost()).hasToString("http://orders");
    assertThat(context.getHttpRoute().getTargetHost().getHostName()).isEqualTo("orders");
    assertThat(context.getHttpRoute().isSecure()).isFalse();
  }

  @Test
  void redirectLocations_areLogical(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.byTarget(Map.of("/path?q=1", Script.redirect(302, "/next")), Script.echo()));
    stage.balanceOver(a);
    HttpClientContext context = HttpClientContext.create();

    String server = call(HttpClients.custom(), context);

    assertThat(server).isEqualTo("a");
    assertThat(context.getRedirectLocations())
        .extracting(Object::toString)
        .containsExactly("http://orders/next");
  }

  @Test
  void credentials_areScopedByTheLogicalHost(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    Script guarded =
        request ->
            request.header("Authorization") == null
                ? new MockResponse.Builder()
                    .code(401)
                    .addHeader("WWW-Authenticate: Basic realm=\"r\"")
                : new MockResponse.Builder();
    a.answers(guarded);
    b.answers(guarded);
    stage.balanceOver(a, b);
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(
        new AuthScope("orders", 80), new UsernamePasswordCredentials("ann", "secret"));

    String server =
        call(
            HttpClients.custom().setDefaultCredentialsProvider(credentials),
            HttpClientContext.create());

    assertThat(server).isIn("a", "b");
  }

  @Test
  void minimalClient_isBalancedToo(Stage stage) throws Exception {
    stage.balanceOver(stage.fleet().http("a"));
    HttpClientContext context = HttpClientContext.create();

    try (CloseableHttpClient client = HttpClients.createMinimal()) {
      assertThat(call(client, context)).isEqualTo("a");
    }

    assertThat(context.getTargetHost()).hasToString("http://orders");
    assertThat(context.getHttpRoute().getTargetHost()).hasToString("http://orders:80");
  }

  private static String call(HttpClientBuilder builder, HttpClientContext context)
      throws IOException {
    try (CloseableHttpClient client = builder.build()) {
      return call(client, context);
    }
  }

  private static String call(CloseableHttpClient client, HttpClientContext context)
      throws IOException {
    try (CloseableHttpResponse response = client.execute(new HttpGet(URL), context)) {
      EntityUtils.consume(response.getEntity());
      assertThat(response.getStatusLine().getStatusCode()).isEqualTo(200);
      return response.getFirstHeader(TestServer.NAME_HEADER).getValue();
    }
  }
}
