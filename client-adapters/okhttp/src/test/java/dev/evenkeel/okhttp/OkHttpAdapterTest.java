package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.ClientAdapter;
import dev.evenkeel.spi.ClientAdapter.Hook;
import dev.evenkeel.spi.ClientAdapter.Member;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
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
            .filter(hook -> !hook.method().equals("address"))
            .map(hook -> hook.type() + "." + hook.method())
            .toList();
    assertThat(Hooks.applied()).containsAll(required);
    assertThat(Hooks.applied()).anyMatch(applied -> applied.endsWith(".address"));
    assertThat(Hooks.drainSuppressed()).isEmpty();
  }

  @Test
  void reflectiveMembers_onThisOkHttp_exist() throws Exception {
    for (Member member : adapter.reflectiveMembers()) {
      Field field = Class.forName(member.type()).getDeclaredField(member.name());

      assertThat(field.getType().descriptorString()).isEqualTo(member.descriptor());
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
            .allMatch(type -> type.startsWith("okhttp3.") || type.startsWith("java.lang."));
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
