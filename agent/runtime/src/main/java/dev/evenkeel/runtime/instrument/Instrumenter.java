package dev.evenkeel.runtime.instrument;

import dev.evenkeel.runtime.instrument.AdapterStatus.State;
import dev.evenkeel.spi.ClientAdapter.Hook;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Watches every class that is loaded for the few exact names that adapters hook, and weaves those.
 * A class that is not one of them costs one look-up in a set; Byte Buddy is loaded when the first
 * of them is seen. Thread-safe.
 */
public final class Instrumenter implements ClassFileTransformer {
  /** What the instrumenter tells the agent around it. Called on whatever thread loads a class. */
  public interface Host {
    /** A class of a client library is being loaded: calls are near. Must not block. */
    void targetSeen();

    /** The application has an MBean server, or is about to. Must not block. */
    void mbeanServerSeen();

    /** Any other class is being loaded. Must cost next to nothing. */
    void otherSeen();

    /** Returns when the configuration has been read, or after a bound. */
    void awaitConfiguration();

    /**
     * False if an option says that an adapter is to leave all calls alone. Asked at start, and once
     * more, with the configuration read, when a copy of its library first calls.
     */
    boolean isEnabled(String adapter);

    /** A copy of a library will not be balanced; said once per copy. */
    void unsupported(AdapterStatus status);

    /** Something of ours went wrong; the class or call site is left alone. */
    void faulted(String where, Throwable fault);
  }

  /** Every MBean server of the JDK is one of these. */
  private static final String MBEAN_SERVER = "com/sun/jmx/mbeanserver/JmxMBeanServer";

  private final Instrumentation instrumentation;
  private final Host host;
  private final Dispatcher dispatcher;
  private final List<AdapterArchive> archives;
  private final List<AdapterStatus> disabled = new ArrayList<>();

  /** In the order of the adapters' hooks: the first ones are what the later ones rely on. */
  private final Map<String, List<Hook>> hooksByClass = new LinkedHashMap<>();

  private final Map<String, String> faultByAdapter = new ConcurrentHashMap<>();
  private volatile boolean isOff;
  private @Nullable Weaver weaver;
  private volatile @Nullable Linker linker;

  private Instrumenter(
      Instrumentation instrumentation,
      Host host,
      Dispatcher dispatcher,
      List<AdapterArchive> archives) {
    this.instrumentation = instrumentation;
    this.host = host;
    this.dispatcher = dispatcher;
    this.archives = archives;
    for (AdapterArchive archive : archives) {
      String name = archive.adapter().name();
      if (host.isEnabled(name)) {
        addHooks(archive.adapter().hooks());
      } else {
        disabled.add(new AdapterStatus(name, State.DISABLED, null, "by option"));
      }
    }
  }

  private void addHooks(List<Hook> hooks) {
    for (Hook hook : hooks) {
      String className = hook.type().replace('.', '/');
      List<Hook> ofClass = hooksByClass.get(className);
      if (ofClass == null) {
        ofClass = new ArrayList<>();
        hooksByClass.put(className, ofClass);
      }
      ofClass.add(hook);
    }
  }

  /**
   * Starts watching, and retransforms target classes that are loaded already: after an attach to a
   * running JVM, or with an AOT cache, in which classes come before any agent.
   *
   * <p>Runs in premain: plain loops, as each lambda would take it a millisecond.
   */
  public static Instrumenter install(Instrumentation instrumentation, JarFile jar, Host host)
      throws IOException, ReflectiveOperationException {
    preload();
    Instrumenter instrumenter =
        new Instrumenter(
            instrumentation,
            host,
            Dispatcher.define(instrumentation, jar),
            AdapterArchive.readAll(jar));
    instrumentation.addTransformer(instrumenter, true);
    instrumenter.retransformLoaded();
    return instrumenter;
  }

  /**
   * Were one of these first loaded inside a transformer, a ClassCircularityError would stay for
   * good.
   */
  private static void preload() throws ClassNotFoundException {
    Class.forName("java.util.concurrent.ThreadLocalRandom");
    Class.forName("java.lang.invoke.MethodHandle$1");
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    List<Hook> hooks = className == null ? null : hooksByClass.get(className);
    if (hooks == null) {
      if (MBEAN_SERVER.equals(className)) {
        host.mbeanServerSeen();
      } else {
        host.otherSeen();
      }
      return null;
    }
    if (isOff) {
      return null;
    }
    try {
      host.targetSeen();
      return weaver().weave(hooks, loader, classFile);
    } catch (Throwable fault) {
      faultByAdapter.put(adapterOf(hooks.get(0)), String.valueOf(fault));
      host.faulted("weaving " + className, fault);
      return null;
    }
  }

  /** Turns every hook off at once and gives the hooked classes their own code back. For good. */
  public void disable() {
    isOff = true;
    Linker made = linker;
    if (made != null) {
      made.disable();
    }
    retransformLoaded();
    instrumentation.removeTransformer(this);
  }

  /**
   * One entry per adapter and copy of its library, or one per adapter whose library has not called.
   */
  public List<AdapterStatus> statuses() {
    List<AdapterStatus> statuses = new ArrayList<>(disabled);
    Linker made = linker;
    if (made != null) {
      statuses.addAll(made.statuses());
    }
    Set<String> named = new HashSet<>();
    statuses.forEach(status -> named.add(status.name()));
    for (AdapterArchive archive : archives) {
      String name = archive.adapter().name();
      if (named.add(name)) {
        String fault = faultByAdapter.get(name);
        State state = isOff ? State.DISABLED : fault == null ? State.WAITING : State.FAULTED;
        statuses.add(new AdapterStatus(name, state, null, fault == null ? "" : fault));
      }
    }
    return statuses;
  }

  private synchronized Weaver weaver() throws ReflectiveOperationException {
    Weaver made = weaver;
    if (made == null) {
      Map<String, byte[]> adviceClasses = new HashMap<>();
      Map<String, AdapterArchive> byAdvice = new HashMap<>();
      for (AdapterArchive archive : archives) {
        adviceClasses.putAll(archive.classes());
        archive.adapter().hooks().forEach(hook -> byAdvice.put(hook.advice(), archive));
      }
      made = new Weaver(dispatcher, adviceClasses);
      linker = new Linker(instrumentation, host, byAdvice);
      connect(linker);
      weaver = made;
    }
    return made;
  }

  private void connect(Linker made) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle link =
        lookup
            .findVirtual(
                Linker.class,
                "link",
                MethodType.methodType(
                    CallSite.class,
                    MethodHandles.Lookup.class,
                    String.class,
                    MethodType.class,
                    Object[].class))
            .bindTo(made);
    MethodHandle fault =
        MethodHandles.insertArguments(
            lookup.findVirtual(
                Host.class,
                "faulted",
                MethodType.methodType(void.class, String.class, Throwable.class)),
            0,
            host,
            "advice");
    dispatcher.connect(link, fault);
  }

  private void retransformLoaded() {
    Map<String, List<Class<?>>> targets = new LinkedHashMap<>();
    for (String name : hooksByClass.keySet()) {
      targets.put(name, new ArrayList<>());
    }
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      String name = loaded.getName().replace('.', '/');
      List<Class<?>> ofName = targets.get(name);
      if (ofName != null) {
        ofName.add(loaded);
      } else if (MBEAN_SERVER.equals(name)) {
        host.mbeanServerSeen();
      }
    }
    for (List<Class<?>> ofName : targets.values()) {
      for (Class<?> loaded : ofName) {
        retransform(loaded);
      }
    }
  }

  /** One at a time: where one class fails, the others still work. */
  private void retransform(Class<?> loaded) {
    try {
      instrumentation.retransformClasses(loaded);
    } catch (Throwable fault) {
      host.faulted("retransforming " + loaded.getName(), fault);
    }
  }

  private String adapterOf(Hook hook) {
    for (AdapterArchive archive : archives) {
      if (archive.adapter().hooks().contains(hook)) {
        return archive.adapter().name();
      }
    }
    return "";
  }
}
