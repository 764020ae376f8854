package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.ClientAdapter;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.ServiceLoader;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.util.VersionInfo;
import org.junit.jupiter.api.Test;

class HttpAsyncClient4AdapterTest {
  private final HttpAsyncClient4Adapter adapter = new HttpAsyncClient4Adapter();

  @Test
  void adapter_isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(ClientAdapter.class))
        .hasAtLeastOneElementOfType(HttpAsyncClient4Adapter.class);
  }

  @Test
  void adapter_withoutTheLibrary_answersAllButTheVersion() throws Exception {
    URL adapters =
        HttpAsyncClient4Adapter.class.getProtectionDomain().getCodeSource().getLocation();
    URL spi = ClientAdapter.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone =
        new URLClassLoader(new URL[] {adapters, spi}, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = alone.loadClass(HttpAsyncClient4Adapter.class.getName());
      Object lonely = type.getConstructor().newInstance();

      for (String method : new String[] {"name", "hooks", "reflectiveMembers", "opens"}) {
        assertThat(type.getMethod(method).invoke(lonely)).isNotNull();
      }
      assertThat(type.getMethod("version", Class.class).invoke(lonely, type)).isNull();
    }
  }

  @Test
  void hooks_nameMembersOfTheLibrary() throws Exception {
    for (ClientAdapter.Hook hook : adapter.hooks()) {
      Class<?> type = Class.forName(hook.type());
      assertThat(Arrays.stream(type.getDeclaredMethods()))
          .anyMatch(
              method ->
                  method.getName().equals(hook.method())
                      && MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                          .descriptorString()
                          .equals(hook.descriptor()));
    }
    for (ClientAdapter.Member member : adapter.reflectiveMembers()) {
      if (member.descriptor().startsWith("(")) {
        assertThat(Class.forName(member.type()).getDeclaredMethod(member.name()).getReturnType())
            .isEqualTo(void.class);
        continue;
      }
      assertThat(
              Class.forName(member.type())
                  .getDeclaredField(member.name())
                  .getType()
                  .descriptorString())
          .isEqualTo(member.descriptor());
    }
  }

  @Test
  void version_isTheLibrarysRelease() {
    VersionInfo info =
        VersionInfo.loadVersionInfo(
            "org.apache.http.nio.client", HttpAsyncClients.class.getClassLoader());

    assertThat(adapter.version(HttpAsyncClients.class))
        .isEqualTo(info.getRelease())
        .startsWith("4.1");
  }
}
