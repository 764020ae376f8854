package dev.evenkeel.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WeakIdentityMapTest {
  private final WeakIdentityMap<HttpRequest, String> map = new WeakIdentityMap<>();

  @Test
  void keys_thatAreEqual_areKeptApart() {
    HttpRequest one = request();
    HttpRequest other = request();
    assertThat(one).isEqualTo(other);

    map.put(one, "one");
    map.put(other, "other");
    map.remove(other);

    assertThat(map.get(one)).isEqualTo("one");
    assertThat(map.get(other)).isNull();
    assertThat(map.get(request())).isNull();
    assertThat(map.size()).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void key_thatIsLost_isCleanedUpByALaterPut() {
    map.put(request(), "lost");
    HttpRequest kept = request();
    map.put(kept, "kept");

    while (map.size() != 1) {
      System.gc();
      map.remove(kept);
      map.put(kept, "kept");
    }

    assertThat(map.get(kept)).isEqualTo("kept");
  }

  private static HttpRequest request() {
    return HttpRequest.newBuilder(URI.create("http://orders/")).build();
  }
}
