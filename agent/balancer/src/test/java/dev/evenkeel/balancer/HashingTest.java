package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.STICKY;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.ChildSpec;
import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.HighestRandomWeightSpec;
import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.StrategySpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashingTest {
  private final Fixture fixture = new Fixture();

  private record Request(
      String target, @Nullable String header, @Nullable String cookies, List<String> asked) {
    static Request to(String target) {
      return new Request(target, null, null, new ArrayList<>());
    }
  }

  private static final RequestReader<Request> READER =
      new RequestReader<>() {
        @Override
        public String method(Request request) {
          request.asked.add("method");
          return "GET";
        }

        @Override
        public String target(Request request) {
          request.asked.add("target");
          return request.target;
        }

        @Override
        public @Nullable String header(Request request, String name) {
          request.asked.add("header " + name);
          return name.equals("X-Tenant") ? request.header : null;
        }

        @Override
        public @Nullable String cookies(Request request) {
          request.asked.add("cookies");
          return request.cookies;
        }
      };

  private static LoadBalancerSpec hashed(String name, String key, ServerSpec... servers) {
    ExtrasSpec extras = new ExtrasSpec(key == null ? null : KeySpec.parse(key));
    return pool(name, null, null, servers).with(StrategySpec.HRW).with(extras);
  }

  private void applyThree(String key) {
    fixture.apply(hashed("orders", key, server(A, 1), server(B, 1), server(C, 1)));
  }

  private String call(Request request) {
    Attempt attempt = fixture.balancer.open("orders", request, READER).next();
    attempt.answered(200);
    attempt.end(Outcome.COMPLETED);
    return attempt.server().url();
  }

  private static Request request(String part, String value) {
    return switch (part) {
      case "header" -> new Request("/", value, null, new ArrayList<>());
      case "cookie" -> new Request("/", null, "a=b; id=" + value + "; c=d", new ArrayList<>());
      case "query" -> Request.to("/x?id2=1&id=" + value + "&id=other");
      default -> Request.to("/orders/" + value + "/items?x=/y");
    };
  }

  @ParameterizedTest
  @CsvSource({
    "header, header:X-Tenant, header X-Tenant",
    "cookie, cookie:id, cookies",
    "query, query:id, target",
    "path, path:2, target"
  })
  void call_ofOneKey_staysOnOneServerAndKeysSpread(String part, String key, String asked) {
    applyThree(key);

    Set<String> servers = new HashSet<>();
    for (int tenant = 0; tenant < 50; tenant++) {
      Request request = request(part, "tenant-" + tenant);
      String server = call(request);
      assertThat(request.asked).containsExactly(asked);
      assertThat(call(request)).isEqualTo(server);
      servers.add(server);
    }
    assertThat(servers).containsExactlyInAnyOrder(A, B, C);
  }

  @ParameterizedTest
  @CsvSource({"header, header:X-Tenant", "cookie, cookie:id", "query, query:id", "path, path:2"})
  void call_keyAnywhereInTheRequest_goesWhereTraefikSendsIt(String part, String key) {
    fixture.apply(
        new HighestRandomWeightSpec(
            "orders",
            List.of(new ChildSpec("first", 4), new ChildSpec("second", 1)),
            false,
            new ExtrasSpec(KeySpec.parse(key))),
        pool("first", null, null, server(A, 1)),
        pool("second", null, null, server(B, 1)));

    assertThat(call(request(part, "127.0.0.1"))).isEqualTo(A);
    assertThat(call(request(part, "10.0.0.1"))).isEqualTo(B);
  }

  @ParameterizedTest
  @ValueSource(strings = {"header:X-Tenant", "cookie:id", "query:id", "path:2"})
  void call_withoutTheKey_takesTurns(String key) {
    applyThree(key);

    for (String target : List.of("/", "/a", "/a/", "/a//b?id2=x", "/?id=", "/?id", "/a?x=/b/c")) {
      Map<String, Integer> tally = new TreeMap<>();
      for (int i = 0; i < 6; i++) {
        tally.merge(call(Request.to(target)), 1, Integer::sum);
      }
      assertThat(tally).as(target).isEqualTo(Map.of(A, 2, B, 2, C, 2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "thread"})
  void call_jvmOrThread_staysAndReadsNothing(String key) {
    applyThree(key);
    Request request = Request.to("/");
    String server = call(request);

    for (int i = 0; i < 20; i++) {
      assertThat(call(request)).isEqualTo(server);
    }
    assertThat(request.asked).isEmpty();
  }

  @Test
  void call_noKeyConfigured_staysAsForTheJvm() {
    applyThree(null);
    String server = call(Request.to("/"));

    applyThree("jvm");

    assertThat(call(Request.to("/other"))).isEqualTo(server);
  }

  @Test
  void open_serviceThatDoesNotHash_readsNothing() {
    fixture.apply(pool("orders", null, null, server(A, 1)));
    Request request = Request.to("/");
    call(request);

    assertThat(request.asked).isEmpty();
  }

  @Test
  void next_connectFailures_goToTheNextBestEachTime() {
    applyThree("header:X-Tenant");
    Request request = request("header", "tenant");

    Set<List<String>> orders = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      Exchange exchange = fixture.balancer.open("orders", request, READER);
      List<String> order = new ArrayList<>();
      for (Attempt a = exchange.next(); a != null; a = exchange.next()) {
        order.add(a.server().url());
        a.end(Outcome.CONNECT_FAILED);
      }
      assertThat(order).containsExactlyInAnyOrder(A, B, C);
      orders.add(order);
    }
    assertThat(orders).as("the same order every time").hasSize(1);

    List<String> order = orders.iterator().next();
    fixture.balancer.fence("orders", order.get(0));
    assertThat(call(request)).isEqualTo(order.get(1));
    fixture.balancer.setWeight("orders", order.get(1), 0);
    assertThat(call(request)).isEqualTo(order.get(2));
    fixture.balancer.unfence("orders", order.get(0));
    assertThat(call(request)).isEqualTo(order.get(0));
  }

  @Test
  void next_manyServersOneDown_itsKeysMoveAndReturn() {
    ServerSpec[] servers = new ServerSpec[100];
    Arrays.setAll(servers, i -> server("http://server-" + i, 1));
    fixture.apply(hashed("orders", "header:X-Tenant", servers));
    Request request = request("header", "tenant");
    String first = call(request);

    fixture.balancer.fence("orders", first);
    String second = call(request);
    assertThat(second).isNotEqualTo(first).isEqualTo(call(request));

    fixture.balancer.unfence("orders", first);
    assertThat(call(request)).isEqualTo(first);
  }

  @Test
  void sticky_hashedService_neitherReadsNorWrites() {
    fixture.apply(pool("orders", STICKY, null, server(A, 1), server(B, 1)).with(StrategySpec.HRW));
    Request request = Request.to("/");

    assertThat(fixture.balancer.open("orders", request, READER).next().setCookies()).isNull();
    assertThat(request.asked).isEmpty();
  }

  private static HighestRandomWeightSpec children(boolean isHealthPropagated, int second) {
    return new HighestRandomWeightSpec(
        "orders",
        List.of(new ChildSpec("v1", 1), new ChildSpec("v2", second)),
        isHealthPropagated,
        new ExtrasSpec(KeySpec.parse("header:X-Tenant")));
  }

  @Test
  void children_keysOfOneService_stayWithOneChild() {
    fixture.apply(
        children(false, 1),
        pool("v1", null, null, server(A, 1), server(B, 1)),
        pool("v2", null, null, server(C, 1)));

    Set<Set<String>> seen = new HashSet<>();
    for (int tenant = 0; tenant < 50; tenant++) {
      Request request = request("header", "tenant-" + tenant);
      seen.add(Set.of(call(request).equals(C) ? "v2" : "v1"));
      assertThat(call(request).equals(C)).isEqualTo(call(request).equals(C));
    }
    assertThat(seen).hasSize(2);
    assertThat(fixture.service().strategy()).isEqualTo("hrw");
    assertThat(fixture.balancer.explain("GET", "http://orders/"))
        .contains("service orders (highestRandomWeight, hrw)", "50.0 % of the keys");
  }

  @Test
  void children_oneDownAndPropagated_itsKeysMoveAndStatusFollows() {
    fixture.apply(
        children(true, 1),
        pool("v1", null, CHECK, server(A, 1)),
        pool("v2", null, CHECK, server(B, 1)));
    fixture.verdict(true, B);
    fixture.verdict(false, A);
    for (int tenant = 0; tenant < 20; tenant++) {
      assertThat(call(request("header", "tenant-" + tenant))).isEqualTo(B);
    }
    assertThat(fixture.service().status()).isEqualTo("UP");

    fixture.loop.advance(Duration.ofSeconds(12));
    fixture.verdict(false, B);
    assertThat(fixture.service().status()).isEqualTo("DOWN");
  }

  @Test
  void children_weightZero_getsNothing() {
    fixture.apply(
        children(false, 0),
        pool("v1", null, null, server(A, 1)),
        pool("v2", null, null, server(B, 1)));

    for (int tenant = 0; tenant < 20; tenant++) {
      assertThat(call(request("header", "tenant-" + tenant))).isEqualTo(A);
    }
  }

  @Test
  void tree_severalKeys_areEachReadOnce() {
    fixture.apply(
        new WeightedSpec(
            "orders",
            List.of(new ChildSpec("v1", 1), new ChildSpec("v2", 1), new ChildSpec("v3", 1)),
            null,
            false),
        hashed("v1", "header:X-Tenant", server(A, 1), server(B, 1)),
        hashed("v2", "header:X-Tenant", server(A, 1), server(B, 1)),
        hashed("v3", "path:1", server(C, 1)));
    Request request = request("header", "tenant");

    call(request);

    assertThat(request.asked).containsExactly("header X-Tenant", "target");
  }
}
