package dev.evenkeel.okhttp;

import static net.bytebuddy.matcher.ElementMatchers.hasDescriptor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.ClientAdapter.Hook;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/**
 * Applies the adapter's hooks to OkHttp's loaded classes the way the agent does: no change of the
 * class format, advice behind {@code invokedynamic}. Thread-safe.
 */
public final class Hooks {
  private static final Queue<Throwable> SUPPRESSED = new ConcurrentLinkedQueue<>();
  private static final Queue<String> APPLIED = new ConcurrentLinkedQueue<>();

  private static final Set<String> OFF = ConcurrentHashMap.newKeySet();

  private Hooks() {}

  /** Hooks OkHttp once for this JVM. */
  static void install() {
    assertThat(Installed.ONCE).isNotEmpty();
  }

  /** Class and method of each method that was hooked. */
  static List<String> applied() {
    return List.copyOf(APPLIED);
  }

  /** What advice threw since the last call; must be nothing, as advice catches its own faults. */
  static List<Throwable> drainSuppressed() {
    List<Throwable> drained = new ArrayList<>(SUPPRESSED);
    SUPPRESSED.clear();
    return drained;
  }

  /** Where a hooked class links its advice: to the public static method of that name. */
  public static CallSite bootstrap(
      MethodHandles.Lookup caller, String name, MethodType type, Object... arguments)
      throws ReflectiveOperationException {
    Class<?> advice = Class.forName((String) arguments[0]);
    MethodHandle linked = MethodHandles.publicLookup().findStatic(advice, name, type);
    MethodHandle contains =
        MethodHandles.publicLookup()
            .findVirtual(Set.class, "contains", MethodType.methodType(boolean.class, Object.class));
    MethodHandle isOff = MethodHandles.insertArguments(contains, 0, OFF, advice.getSimpleName());
    return new ConstantCallSite(
        MethodHandles.guardWithTest(isOff, MethodHandles.empty(type), linked));
  }

  /** Makes the advice of these simple names do nothing, until called again. */
  static void switchOff(String... advice) {
    OFF.clear();
    OFF.addAll(List.of(advice));
  }

  /** Called by hooked classes where advice threw. */
  public static void suppress(Throwable thrown) {
    SUPPRESSED.add(thrown);
  }

  private static final class Installed {
    static final List<Hook> ONCE = install(new OkHttpAdapter().hooks());

    static List<Hook> install(List<Hook> hooks) {
      try {
        for (Hook hook : hooks) {
          load(hook);
        }
        builder(hooks).installOn(ByteBuddyAgent.install());
        return hooks;
      } catch (ReflectiveOperationException unknown) {
        throw new LinkageError("OkHttp cannot be hooked", unknown);
      }
    }

    private static void load(Hook hook) throws ClassNotFoundException {
      try {
        Class.forName(hook.type());
      } catch (ClassNotFoundException ofAnotherFamily) {
        if (!hook.isOptional()) {
          throw ofAnotherFamily;
        }
      }
    }

    private static AgentBuilder builder(List<Hook> hooks) throws ReflectiveOperationException {
      Advice.WithCustomMapping mapping =
          Advice.withCustomMapping()
              .with(new Advice.AssignReturned.Factory().withSuppressed(ClassCastException.class))
              .bootstrap(
                  Hooks.class.getMethod(
                      "bootstrap",
                      MethodHandles.Lookup.class,
                      String.class,
                      MethodType.class,
                      Object[].class));
      AgentBuilder builder =
          new AgentBuilder.Default()
              .with(AgentBuilder.TypeStrategy.Default.DECORATE)
              .disableClassFormatChanges()
              .with(RedefinitionStrategy.RETRANSFORMATION)
              .with(new Failures());
      for (Hook hook : hooks) {
        builder = builder.type(named(hook.type())).transform(transformer(hook, mapping));
      }
      return builder;
    }

    private static AgentBuilder.Transformer transformer(Hook hook, Advice.WithCustomMapping mapping)
        throws ReflectiveOperationException {
      Advice advice =
          mapping
              .to(
                  TypeDescription.ForLoadedType.of(Class.forName(hook.advice())),
                  ClassFileLocator.ForClassLoader.of(Hooks.class.getClassLoader()))
              .withExceptionHandler(suppressing());
      return (type, description, loader, module, domain) -> {
        if (!description
            .getDeclaredMethods()
            .filter(named(hook.method()).and(hasDescriptor(hook.descriptor())))
            .isEmpty()) {
          APPLIED.add(hook.type() + "." + hook.method());
        }
        return type.visit(advice.on(named(hook.method()).and(hasDescriptor(hook.descriptor()))));
      };
    }

    private static Advice.ExceptionHandler suppressing() throws ReflectiveOperationException {
      return new Advice.ExceptionHandler.Simple(
          MethodInvocation.invoke(
              new MethodDescription.ForLoadedMethod(
                  Hooks.class.getMethod("suppress", Throwable.class))));
    }
  }

  private static final class Failures extends AgentBuilder.Listener.Adapter {
    @Override
    public void onError(
        String type,
        @Nullable ClassLoader loader,
        @Nullable JavaModule module,
        boolean loaded,
        Throwable failure) {
      SUPPRESSED.add(failure);
    }
  }
}
