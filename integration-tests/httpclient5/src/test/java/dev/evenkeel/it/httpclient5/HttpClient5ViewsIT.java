package dev.evenkeel.it.httpclient5;

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
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an application hangs into HttpClient, and the context it gets back, are logical. */
@ExtendWith(ContractExtension.class)
class HttpClient5ViewsIT implements Contract {
  private static final String URL = "http://orders/path?q=1";

  private final List<String> seen = new ArrayList<>();

  @Override
  public ClientDriver driver() {
    return new HttpClient5Driver();
  }

  @Test
  void interceptors_seeTheLogicalRequest(Stage stage) throws Exception {
    stage.balanceOver(stage.fleet().http("a"));
    HttpClientBuilder builder =
        HttpClients.custom()
            .addRequestInterceptorFirst(
                (request, entity, context) -> note("first", request, context))
            .addRequestInterceptorLast((request, entity, context) -> note("last", request, context))
            .addExecInterceptorFirst(
                "outermost",
                (request, scope, chain) -> {
                  seen.add("route " + scope.route.getTargetHost());
                  return chain.proceed(request, scope);
                });

    String server = call(builder, HttpClientContext.create());

    assertThat(server).isEqualTo("a");
    assertThat(seen)
        .containsExactly(
            "route http://orders:80",
            "first orders /path?q=1 to orders",
            "last orders /path?q=1 to orders");
  }

  private void note(String name, HttpRequest request, HttpContext context) {
    HttpHost target = HttpClientContext.castOrCreate(context).getHttpRoute().getTargetHost();
    seen.add(
        "%s %s %s to %s"
            .formatted(
                name,
                request.getAuthority().getHostName(),
                request.getPath(),
                target.getHostName()));
  }

  @Test
  void context_afterTheCall_isLogical(Stage stage) throws Exception {
    stage.balanceOver(stage.fleet().http("a"));
    HttpClientContext context = HttpClientContext.create();

    String server = call(HttpClients.custom(), context);

    assertThat(server).isEqualTo("a");
    assertThat(context.getRequest().getUri()).hasToString(URL);
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
    assertThat(context.getRedirectLocations().getAll())
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
        new AuthScope("orders", 80),
        new UsernamePasswordCredentials("ann", "secret".toCharArray()));

    String server =
        call(
            HttpClients.custom().setDefaultCredentialsProvider(credentials),
            HttpClientContext.create());

    assertThat(server).isIn("a", "b");
  }

  private static String call(HttpClientBuilder builder, HttpClientContext context)
      throws IOException {
    try (CloseableHttpClient client = builder.build();
        ClassicHttpResponse response = client.executeOpen(null, new HttpGet(URL), context)) {
      EntityUtils.consume(response.getEntity());
      assertThat(response.getCode()).isEqualTo(200);
      return response.getFirstHeader(TestServer.NAME_HEADER).getValue();
    }
  }
}
