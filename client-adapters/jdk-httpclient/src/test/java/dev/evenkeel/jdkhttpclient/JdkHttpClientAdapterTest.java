package dev.evenkeel.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.ClientAdapter;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class JdkHttpClientAdapterTest {
  private final JdkHttpClientAdapter adapter = new JdkHttpClientAdapter();

  @Test
  void adapter_isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(ClientAdapter.class))
        .hasOnlyElementsOfType(JdkHttpClientAdapter.class);
  }

  @Test
  void hooks_areMembersOfThisJdk() throws ClassNotFoundException {
    for (ClientAdapter.Hook hook : adapter.hooks()) {
      String descriptor = hook.descriptor() == null ? "" : hook.descriptor();
      assertThat(members(hook.type()))
          .anyMatch(member -> member.startsWith(hook.method() + " " + descriptor));
      assertThat(hook.isOptional()).isFalse();
    }
  }

  @Test
  void reflectiveMembers_areMembersOfThisJdk() throws ClassNotFoundException {
    for (ClientAdapter.Member member : adapter.reflectiveMembers()) {
      assertThat(members(member.type())).contains(member.name() + " " + member.descriptor());
    }
  }

  @Test
  void version_isTheJdks() {
    assertThat(adapter.version(String.class)).isEqualTo(Runtime.version().toString());
  }

  private static List<String> members(String type) throws ClassNotFoundException {
    Class<?> declaring = Class.forName(type, false, ClassLoader.getPlatformClassLoader());
    List<String> members = new ArrayList<>();
    for (Method method : declaring.getDeclaredMethods()) {
      members.add(
          method.getName()
              + " "
              + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                  .descriptorString());
    }
    for (Constructor<?> constructor : declaring.getDeclaredConstructors()) {
      members.add(
          "<init> "
              + MethodType.methodType(void.class, constructor.getParameterTypes())
                  .descriptorString());
    }
    for (Field field : declaring.getDeclaredFields()) {
      members.add(field.getName() + " " + field.getType().descriptorString());
    }
    return members;
  }
}
