package dev.evenkeel.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WeakIdentityMapTest {
  private final WeakIdentityMap<List<String>, String> map = new WeakIdentityMap<>();

  @Test
  void keys_thatAreEqual_areKeptApart() {
    List<String> one = key();
    List<String> other = key();
    assertThat(one).isEqualTo(other);

    map.put(one, "one");
    map.put(other, "other");
    map.remove(other);

    assertThat(map.get(one)).isEqualTo("one");
    assertThat(map.get(other)).isNull();
    assertThat(map.get(key())).isNull();
    assertThat(map.size()).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void key_thatIsLost_isCleanedUpByALaterPut() {
    map.put(key(), "lost");
    List<String> kept = key();
    map.put(kept, "kept");

    while (map.size() != 1) {
      System.gc();
      map.remove(kept);
      map.put(kept, "kept");
    }

    assertThat(map.get(kept)).isEqualTo("kept");
  }

  private static List<String> key() {
    return new ArrayList<>();
  }
}
