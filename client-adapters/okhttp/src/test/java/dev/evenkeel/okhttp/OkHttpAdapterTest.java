package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.ClientAdapter;
import dev.evenkeel.spi.ClientAdapter.Hook;
import dev.evenkeel.spi.ClientAdapter.Member;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import net.bytebuddy.asm.Advice;
import okhttp3.Call;
import okhttp3.OkHttp;
import org.junit.jupiter.api.Test;

final class OkHttpAdapterTest {
  private final OkHttpAdapter adapter = new OkHttpAdapter();

  @Test
  void serviceLoader_asked_findsTheAdapter() {
    ServiceLoader<ClientAdapter> found = ServiceLoader.load(ClientAdapter.class);

    assertThat(found).hasOnlyElementsOfType(OkHttpAdapter.class).hasSize(1);
  }

  @Test
  void adapter_inALoaderWithoutOkHttp_tellsNameHooksAndVersion() throws Exception {
    WithoutOkHttp loader = new WithoutOkHttp();

    Class<?> alone = loader.loadClass("dev.evenkeel.okhttp.OkHttpAdapter");
    ClientAdapter loaded = (ClientAdapter) alone.getConstructor().newInstance();

    assertThat(alone.getClassLoader()).isSameAs(loader);
    assertThat(loaded.name()).isEqualTo("okhttp");
    assertThat(loaded.hooks()).isEqualTo(adapter.hooks());
    assertThat(loaded.version(Call.class)).isEqualTo(OkHttp.VERSION);
  }

  @Test
  void hooks_onThisOkHttp_areAllApplied() {
    Hooks.install();

    List<String> required =
        adapter.hooks().stream()
            .filter(hook -> !hook.isOptional())
            .map(hook -> hook.type() + "." + hook.method())
            .toList();
    assertThat(Hooks.applied()).containsAll(required);
    assertThat(Hooks.applied())
        .contains(
            "okhttp3.internal.connection.RouteSelector.resetNextProxy",
            "okhttp3.internal.http.RealInterceptorChain.address",
            "okhttp3.internal.connection.RealRoutePlanner.sameHostAndPort");
    assertThat(Hooks.drainSuppressed()).isEmpty();
  }

  @Test
  void families_onThisOkHttp_startWithTheOneThatIsComplete() throws Exception {
    for (Member member : adapter.families().get(0)) {
      assertThat(membersOf(Class.forName(member.type())))
          .contains(member.name() + member.descriptor());
    }
  }

  private static List<String> membersOf(Class<?> type) {
    List<String> members = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      members.add(field.getName() + field.getType().descriptorString());
    }
    for (Method method : type.getDeclaredMethods()) {
      members.add(
          method.getName()
              + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                  .descriptorString());
    }
    return members;
  }

  /** But for those of which only a name in a listener's event depends. */
  @Test
  void optionalHooks_thatCallsRelyOn_allStandInAFamily() {
    List<Member> ofFamilies = adapter.families().stream().flatMap(List::stream).toList();

    for (Hook hook : adapter.hooks()) {
      if (hook.advice().equals(SelectionAdvice.class.getName())) {
        continue;
      }
      Member hooked = new Member(hook.type(), hook.method(), hook.descriptor());
      assertThat(ofFamilies.contains(hooked)).as(hooked.toString()).isEqualTo(hook.isOptional());
    }
  }

  @Test
  void adviceMethods_asTheAgentLinksThem_arePublicStaticAndNotInlined() throws Exception {
    for (Hook hook : adapter.hooks()) {
      Class<?> advice = Class.forName(hook.advice());

      assertThat(Modifier.isPublic(advice.getModifiers())).isTrue();
      assertThat(advice.getDeclaredFields()).isEmpty();
      for (Method method : advice.getDeclaredMethods()) {
        assertThat(Modifier.toString(method.getModifiers())).isEqualTo("public static");
        assertThat(isInlined(method)).isFalse();
        assertThat(Arrays.stream(method.getParameterTypes()).map(Class::getName))
            .allMatch(type -> type.matches("(okhttp3|okio|java\\.lang)\\..*"));
      }
    }
  }

  private static boolean isInlined(Method advice) {
    Advice.OnMethodEnter enter = advice.getAnnotation(Advice.OnMethodEnter.class);
    Advice.OnMethodExit exit = advice.getAnnotation(Advice.OnMethodExit.class);
    return (enter != null && enter.inline()) || (exit != null && exit.inline());
  }

  /** Has evenkeel's spi and the adapter's own classes, and nothing of OkHttp. */
  private static final class WithoutOkHttp extends ClassLoader {
    WithoutOkHttp() {
      super(OkHttpAdapterTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("okhttp3.") || name.startsWith("okio.")) {
        throw new ClassNotFoundException(name);
      }
      return name.startsWith("dev.evenkeel.okhttp.")
          ? define(name)
          : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = Objects.requireNonNull(file).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }
}
