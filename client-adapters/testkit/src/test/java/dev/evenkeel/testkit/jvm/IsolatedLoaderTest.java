package dev.evenkeel.testkit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class IsolatedLoaderTest {
  private static final String CLIENT = OkHttpClient.class.getName();

  @Test
  void twoLoaders_overTheSameJars_haveTwoCopies() throws Exception {
    try (IsolatedLoader one = new IsolatedLoader("one", IsolatedLoader.classPath());
        IsolatedLoader two = new IsolatedLoader("two", IsolatedLoader.classPath())) {
      Object ofOne = one.loadClass(CLIENT).getDeclaredConstructor().newInstance();
      Object ofTwo = two.loadClass(CLIENT).getDeclaredConstructor().newInstance();

      assertThat(ofOne).isNotInstanceOf(OkHttpClient.class);
      assertThat(ofOne.getClass()).isNotEqualTo(ofTwo.getClass());
      assertThat(ofOne.getClass().getClassLoader()).isSameAs(one);
    }
  }

  @Test
  void loader_thatShares_hasItsOwnCopyOfAllElse() throws Exception {
    try (IsolatedLoader loader =
        new IsolatedLoader(
            "sharing", IsolatedLoader.classPath(), List.of("dev.evenkeel.testkit."))) {
      assertThat(loader.loadClass(IsolatedLoader.class.getName())).isSameAs(IsolatedLoader.class);
      assertThat(loader.loadClass(CLIENT)).isNotSameAs(OkHttpClient.class);
    }
  }

  @Test
  void loader_withoutJars_seesTheJdkOnly() throws IOException, ClassNotFoundException {
    try (IsolatedLoader loader = new IsolatedLoader("empty", List.of())) {
      assertThat(loader.loadClass("java.net.http.HttpClient")).isNotNull();
      assertThat(loader.loadClass("javax.net.ssl.SSLContext")).isNotNull();
      assertThatThrownBy(() -> loader.loadClass(CLIENT)).isInstanceOf(ClassNotFoundException.class);
    }
  }
}
