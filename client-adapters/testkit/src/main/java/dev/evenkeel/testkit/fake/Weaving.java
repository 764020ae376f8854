package dev.evenkeel.testkit.fake;

import static net.bytebuddy.matcher.ElementMatchers.hasDescriptor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import dev.evenkeel.spi.ClientAdapter;
import dev.evenkeel.spi.ClientAdapter.Hook;
import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.jspecify.annotations.Nullable;

/**
 * Hooks a library's classes in this JVM as its adapter declares it, loaded or not. One for each
 * library. Thread-safe.
 */
public final class Weaving {
  private final Instrumentation instrumentation;
  private final ClientAdapter adapter;
  private @Nullable ResettableClassFileTransformer transformer;

  /** Hooks nothing yet. */
  public Weaving(Instrumentation instrumentation, ClientAdapter adapter) {
    this.instrumentation = instrumentation;
    this.adapter = adapter;
  }

  /** Hooks the library, if it is not hooked. */
  public synchronized void on() {
    if (transformer != null) {
      return;
    }
    AgentBuilder agent =
        new AgentBuilder.Default()
            .disableClassFormatChanges()
            .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
            .with(new AgentBuilder.RedefinitionStrategy.DiscoveryStrategy.Explicit(hookedTypes()))
            .with(AgentBuilder.DescriptionStrategy.Default.POOL_ONLY)
            .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly());
    for (Hook hook : adapter.hooks()) {
      agent =
          agent
              .type(named(hook.type()))
              .transform((builder, type, loader, module, domain) -> builder.visit(advice(hook)));
    }
    transformer = agent.installOn(instrumentation);
  }

  private Set<Class<?>> hookedTypes() {
    Set<Class<?>> types = new HashSet<>();
    for (Hook hook : adapter.hooks()) {
      types.add(type(hook.type()));
    }
    return types;
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static AsmVisitorWrapper advice(Hook hook) {
    Advice.PostProcessor.Factory assigning =
        new Advice.AssignReturned.Factory().withSuppressed(ClassCastException.class);
    return Advice.withCustomMapping()
        .with(assigning)
        .to(type(hook.advice()), ClassFileLocator.ForClassLoader.of(Weaving.class.getClassLoader()))
        .on(
            hook.descriptor() == null
                ? named(hook.method())
                : named(hook.method()).and(hasDescriptor(hook.descriptor())));
  }

  /** Gives the library its own code back; only after {@link #on}. */
  public synchronized void off() {
    Objects.requireNonNull(transformer, "the library is not hooked")
        .reset(
            instrumentation,
            AgentBuilder.RedefinitionStrategy.RETRANSFORMATION,
            new AgentBuilder.RedefinitionStrategy.DiscoveryStrategy.Explicit(hookedTypes()));
    transformer = null;
  }
}
