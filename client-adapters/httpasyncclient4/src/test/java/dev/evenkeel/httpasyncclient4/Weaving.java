package dev.evenkeel.httpasyncclient4;

import static net.bytebuddy.matcher.ElementMatchers.hasDescriptor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import dev.evenkeel.spi.ClientAdapter.Hook;
import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.dynamic.ClassFileLocator;

/** Hooks the library's classes in this JVM as the adapter declares it, loaded or not. */
final class Weaving {
  private static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();
  private static ResettableClassFileTransformer transformer;

  private Weaving() {}

  static synchronized void on() {
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
    for (Hook hook : new HttpAsyncClient4Adapter().hooks()) {
      agent =
          agent
              .type(named(hook.type()))
              .transform((builder, type, loader, module, domain) -> builder.visit(advice(hook)));
    }
    transformer = agent.installOn(INSTRUMENTATION);
  }

  private static Set<Class<?>> hookedTypes() {
    Set<Class<?>> types = new HashSet<>();
    for (Hook hook : new HttpAsyncClient4Adapter().hooks()) {
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
        .on(named(hook.method()).and(hasDescriptor(hook.descriptor())));
  }

  static synchronized void off() {
    transformer.reset(
        INSTRUMENTATION,
        AgentBuilder.RedefinitionStrategy.RETRANSFORMATION,
        new AgentBuilder.RedefinitionStrategy.DiscoveryStrategy.Explicit(hookedTypes()));
    transformer = null;
  }
}
