package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.ClientAdapter;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.ServiceLoader;
import org.apache.hc.client5.http.impl.classic.ConnectExec;
import org.apache.hc.core5.util.VersionInfo;
import org.junit.jupiter.api.Test;

class HttpClient5AdapterTest {
  private final HttpClient5Adapter adapter = new HttpClient5Adapter();

  @Test
  void adapter_isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(ClientAdapter.class))
        .hasAtLeastOneElementOfType(HttpClient5Adapter.class);
  }

  @Test
  void adapter_withoutTheLibrary_answersAllButTheVersion() throws Exception {
    URL adapters = HttpClient5Adapter.class.getProtectionDomain().getCodeSource().getLocation();
    URL spi = ClientAdapter.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone =
        new URLClassLoader(new URL[] {adapters, spi}, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = alone.loadClass(HttpClient5Adapter.class.getName());
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
      if (hook.method().equals("getSocketFactoryRegistry")) {
        assertThat(hook.isOptional()).as("the versions since 5.4 have none").isTrue();
        continue;
      }
      Class<?> type = Class.forName(hook.type());
      assertThat(Arrays.stream(type.getDeclaredMethods()))
          .anyMatch(
              method ->
                  method.getName().equals(hook.method())
                      && (hook.descriptor() == null
                          || MethodType.methodType(
                                  method.getReturnType(), method.getParameterTypes())
                              .descriptorString()
                              .equals(hook.descriptor())));
    }
    for (ClientAdapter.Member member : adapter.reflectiveMembers()) {
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
        VersionInfo.loadVersionInfo("org.apache.hc.client5", ConnectExec.class.getClassLoader());

    assertThat(adapter.version(ConnectExec.class)).isEqualTo(info.getRelease()).startsWith("5.");
  }
}
