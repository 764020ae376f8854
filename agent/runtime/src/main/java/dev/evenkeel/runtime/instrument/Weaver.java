package dev.evenkeel.runtime.instrument;

import dev.evenkeel.spi.ClientAdapter.Hook;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaConstant;
import org.jspecify.annotations.Nullable;

/**
 * Weaves advice into one class file with Byte Buddy: an {@code invokedynamic} instruction per
 * advice, an exception handler around it, and no change to the class's format but for the version
 * that such an instruction needs. All types are described from class files, never by reflection, so
 * weaving loads no class of the application. Thread-safe.
 *
 * <p>Made when the first target class is seen, since this is what loads Byte Buddy.
 */
final class Weaver {
  private final Map<String, byte[]> adviceClasses;
  private final Advice.WithCustomMapping advice;
  private final Advice.ExceptionHandler exceptionHandler;
  private final ClassFileLocator agentClasses =
      ClassFileLocator.ForClassLoader.of(Weaver.class.getClassLoader());

  /**
   * @param adviceClasses the class files of all adapters by binary name
   */
  Weaver(Dispatcher dispatcher, Map<String, byte[]> adviceClasses) throws NoSuchMethodException {
    this.adviceClasses = adviceClasses;
    this.advice =
        Advice.withCustomMapping()
            .with(new Advice.AssignReturned.Factory().withSuppressed(ClassCastException.class))
            .bootstrap(dispatcher.bootstrap(), Weaver::adviceClassName);
    this.exceptionHandler =
        new Advice.ExceptionHandler.Simple(
            MethodInvocation.invoke(new MethodDescription.ForLoadedMethod(dispatcher.fault())));
  }

  /** A call site names its advice class; the method's name and type are the call site's own. */
  private static Advice.BootstrapArgumentResolver adviceClassName(
      MethodDescription.InDefinedShape adviceMethod, boolean exit) {
    String name = adviceMethod.getDeclaringType().getName();
    return (instrumentedType, instrumentedMethod) -> List.of(JavaConstant.Simple.ofLoaded(name));
  }

  /**
   * Weaves hooks into their class.
   *
   * @param hooks all of one class
   * @param loader the class's loader, null for the boot loader
   * @return the new class file, null if no method matched: what a hook that is missing means is for
   *     the {@link ShapeCheck} to say, when the first call site links
   */
  byte @Nullable [] weave(List<Hook> hooks, @Nullable ClassLoader loader, byte[] classFile) {
    String name = hooks.get(0).type();
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(name, classFile),
            new ClassFileLocator.Simple(adviceClasses),
            ClassFileLocator.ForClassLoader.of(loader),
            agentClasses);
    TypePool pool =
        new TypePool.Default(
            new TypePool.CacheProvider.Simple(), locator, TypePool.Default.ReaderMode.FAST);
    TypeDescription type = pool.describe(name).resolve();
    DynamicType.Builder<?> builder =
        new ByteBuddy()
            .with(TypeValidation.DISABLED)
            .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
            .decorate(type, locator);
    if (RaisedVersion.isNeeded(classFile)) {
      builder = builder.visit(new RaisedVersion());
    }
    boolean isWoven = false;
    for (Hook hook : hooks) {
      if (!type.getDeclaredMethods().filter(matcher(hook)).isEmpty()) {
        isWoven = true;
        TypeDescription adviceType = pool.describe(hook.advice()).resolve();
        builder =
            builder.visit(
                advice
                    .to(adviceType, locator)
                    .withExceptionHandler(exceptionHandler)
                    .on(matcher(hook)));
      }
    }
    return isWoven ? builder.make().getBytes() : null;
  }

  /** What a hook means by its method: one or all of a name, or a constructor. */
  static ElementMatcher.Junction<MethodDescription> matcher(Hook hook) {
    // A constructor's name is that of its class; <init> is what its class file calls it.
    ElementMatcher.Junction<MethodDescription> named =
        hook.method().equals(MethodDescription.CONSTRUCTOR_INTERNAL_NAME)
            ? ElementMatchers.isConstructor()
            : ElementMatchers.named(hook.method());
    String descriptor = hook.descriptor();
    return descriptor == null ? named : named.and(ElementMatchers.hasDescriptor(descriptor));
  }
}
