package dev.evenkeel.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BindingsTest {
  /** More than there are chains. */
  private static final int MANY = 5_000;

  private final Bindings bindings = new Bindings();
  private final HttpURLConnection owner;

  BindingsTest() throws IOException {
    owner = (HttpURLConnection) new URL("http://orders/").openConnection();
  }

  @Test
  void of_isByIdentity() {
    BalancedCall call = call(new FakeAttempt());
    String client = new String("client");
    assertThat(bindings.isUsed()).isFalse();
    assertThat(bindings.of(client)).isNull();

    bindings.bind(client, call);

    assertThat(bindings.isUsed()).isTrue();
    assertThat(bindings.of(client)).isSameAs(call);
    assertThat(bindings.of(new String("client"))).isNull();
  }

  @Test
  void bind_again_replacesTheCall() {
    BalancedCall second = call(new FakeAttempt());
    Object client = new Object();
    bindings.bind(client, call(new FakeAttempt()));

    bindings.bind(client, second);

    assertThat(bindings.of(client)).isSameAs(second);
  }

  @Test
  void bind_ofMany_findsEach() {
    List<Object> clients = new ArrayList<>();
    List<BalancedCall> calls = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      clients.add(new Object());
      calls.add(call(new FakeAttempt()));
      bindings.bind(clients.get(i), calls.get(i));
    }

    for (int i = 0; i < MANY; i++) {
      assertThat(bindings.of(clients.get(i))).isSameAs(calls.get(i));
    }
  }

  /** Whoever holds the attempt then finds it lost. */
  @Test
  void clientThatIsDropped_losesItsCall() {
    FakeAttempt attempt = new FakeAttempt();
    Object kept = new Object();
    Dropped dropped = bindDropped(attempt);

    while (!dropped.call.refersTo(null)) {
      System.gc();
      bindings.bind(kept, call(new FakeAttempt()));
    }

    assertThat(dropped.client.refersTo(null)).isTrue();
    assertThat(attempt.outcome).isNull();
    assertThat(bindings.of(kept)).isNotNull();
  }

  private Dropped bindDropped(FakeAttempt attempt) {
    Object client = new Object();
    BalancedCall call = call(attempt);
    bindings.bind(client, call);
    return new Dropped(new WeakReference<>(client), new WeakReference<>(call));
  }

  private record Dropped(WeakReference<Object> client, WeakReference<BalancedCall> call) {}

  private BalancedCall call(FakeAttempt attempt) {
    BalancedCall call = new BalancedCall(new OneServer(attempt), owner, null, null);
    assertThat(call.moveOn()).isTrue();
    return call;
  }
}
