package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeBalancer;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CookieTest {
  @RegisterExtension final Rig rig = new Rig();
  private final BasicCookieStore store = new BasicCookieStore();

  private CloseableHttpClient client() {
    return rig.keep(rig.builder().setDefaultCookieStore(store).build());
  }

  private static Rig.Answer setting(String cookie) {
    return request -> new MockResponse.Builder().setHeader("Set-Cookie", cookie).body("ok");
  }

  @Test
  void cookies_ofServers_areStoredForTheLogicalHost() throws Exception {
    MockWebServer server = rig.start(setting("theirs=1"));
    rig.balancer.serve("orders", Rig.http(server).withOwnHostHeader());
    CloseableHttpClient client = client();

    Rig.get(client, "http://orders/");
    Rig.get(client, "http://orders/");

    assertThat(store.getCookies()).extracting(Cookie::getDomain).containsExactly("orders");
    Rig.taken(server);
    assertThat(Rig.taken(server).getHeaders().get("Cookie")).isEqualTo("theirs=1");
  }

  @Test
  void stickyCookie_isStoredBesideTheServersOwnAndReadableForThePick() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start(setting("theirs=1"))));
    rig.balancer.stickWith("_sticky=abc; Path=/");
    CloseableHttpClient client = client();

    Rig.get(client, "http://orders/");
    rig.balancer.stickWith(null);
    Rig.get(client, "http://orders/");

    assertThat(store.getCookies())
        .extracting(Cookie::getName)
        .containsExactlyInAnyOrder("theirs", "_sticky");
    List<FakeBalancer.Seen> seen = rig.balancer.seen();
    assertThat(seen.get(0).cookies()).isNull();
    assertThat(seen.get(1).cookies()).isIn("theirs=1; _sticky=abc", "_sticky=abc; theirs=1");
  }

  @Test
  void cookieHeader_ofTheApplication_isReadableForThePick() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.stickWith(null);
    HttpGet get = new HttpGet("http://orders/");
    get.setHeader("Cookie", "mine=1");

    Rig.send(client(), get);

    assertThat(rig.balancer.seen().get(0).cookies()).isEqualTo("mine=1");
    assertThat(Rig.taken(server).getHeaders().values("Cookie")).containsExactly("mine=1");
  }

  @Test
  void secureCookie_ofLogicalHttps_goesToHttpServer() throws Exception {
    MockWebServer server = rig.start(setting("safe=1; Secure"));
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.stickWith(null);
    CloseableHttpClient client = client();

    Rig.get(client, "https://orders/");
    Rig.get(client, "https://orders/");

    assertThat(rig.balancer.seen().get(1).cookies()).isEqualTo("safe=1");
    Rig.taken(server);
    assertThat(Rig.taken(server).getHeaders().get("Cookie")).isEqualTo("safe=1");
  }

  @Test
  void secureCookie_ofLogicalHttp_isWithheldFromHttpsServer() throws Exception {
    MockWebServer secure = rig.startTls(NamedHosts.ONE, setting("safe=1; Secure"));
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, secure));
    rig.balancer.stickWith(null);
    CloseableHttpClient client = client();

    Rig.get(client, "https://orders/");
    Rig.get(client, "http://orders/");

    assertThat(store.getCookies()).extracting(Cookie::getName).containsExactly("safe");
    assertThat(rig.balancer.seen().get(1).cookies()).isNull();
    Rig.taken(secure);
    assertThat(Rig.taken(secure).getHeaders().get("Cookie")).isNull();
  }
}
