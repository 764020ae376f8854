package dev.evenkeel.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.ClientAdapter;
import dev.evenkeel.spi.ClientAdapter.Hook;
import dev.evenkeel.spi.ClientAdapter.Member;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UrlConnectionAdapterTest {
  private static final ClientAdapter ADAPTER = new UrlConnectionAdapter();

  static Stream<Hook> hooks() {
    return ADAPTER.hooks().stream();
  }

  static Stream<Member> members() {
    return ADAPTER.reflectiveMembers().stream();
  }

  @Test
  void serviceLoader_findsTheAdapter() {
    assertThat(ServiceLoader.load(ClientAdapter.class))
        .singleElement()
        .isInstanceOf(UrlConnectionAdapter.class)
        .returns("url-connection", ClientAdapter::name);
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void hook_namesAMethodOfThisJdk(Hook hook) throws ClassNotFoundException {
    assertThat(
            Arrays.stream(type(hook.type()).getDeclaredMethods())
                .filter(method -> method.getName().equals(hook.method()))
                .map(UrlConnectionAdapterTest::descriptor)
                .filter(each -> hook.descriptor() == null || hook.descriptor().equals(each)))
        .hasSize(1);
    assertThat(type(hook.advice())).isFinal();
    assertThat(hook.isOptional()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("members")
  void member_isOneOfThisJdk(Member member) throws ClassNotFoundException {
    Class<?> type = type(member.type());
    Stream<String> fields =
        Arrays.stream(type.getDeclaredFields())
            .map(field -> field.getName() + field.getType().descriptorString());
    Stream<String> methods =
        Arrays.stream(type.getDeclaredMethods())
            .map(method -> method.getName() + descriptor(method));

    assertThat(Stream.concat(fields, methods)).contains(member.name() + member.descriptor());
  }

  @Test
  void opens_namesEachPackageThatIsReachedByReflection() {
    assertThat(ADAPTER.opens())
        .containsAll(
            members().map(member -> member.type().replaceAll("\\.\\w+$", "")).distinct().toList());
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, false, UrlConnectionAdapterTest.class.getClassLoader());
  }

  private static String descriptor(Method method) {
    return java.lang.invoke.MethodType.methodType(
            method.getReturnType(), method.getParameterTypes())
        .descriptorString();
  }
}
