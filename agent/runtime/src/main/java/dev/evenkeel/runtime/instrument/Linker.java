package dev.evenkeel.runtime.instrument;

import dev.evenkeel.runtime.instrument.AdapterStatus.State;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SwitchPoint;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Links a call site, on its first call, to the adapter's method for the copy of the library that
 * the site belongs to; to a constant no-op if that copy does not fit, or if the switch is off.
 * Thread-safe.
 *
 * <p>Nothing in here is on the path of a call that is linked. The lock is held for look-ups only:
 * examining a library runs code of its class loader, which may wait for a thread that is linking
 * too.
 */
final class Linker {
  private final Instrumentation instrumentation;
  private final Instrumenter.Host host;
  private final Map<String, AdapterArchive> archivesByAdvice;
  private final SwitchPoint killSwitch = new SwitchPoint();
  private final List<LibraryCopy> copies = new ArrayList<>();

  Linker(
      Instrumentation instrumentation,
      Instrumenter.Host host,
      Map<String, AdapterArchive> archivesByAdvice) {
    this.instrumentation = instrumentation;
    this.host = host;
    this.archivesByAdvice = archivesByAdvice;
  }

  /** The dispatcher's linker; a null answer links the site to nothing. */
  @Nullable CallSite link(
      MethodHandles.Lookup caller, String name, MethodType type, Object[] arguments) {
    String advice = (String) arguments[0];
    AdapterArchive archive = archivesByAdvice.get(advice);
    if (archive == null || killSwitch.hasBeenInvalidated()) {
      return null;
    }
    host.awaitConfiguration();
    // Loaders that read through interruptible channels would find nothing, and for good.
    boolean isInterrupted = Thread.interrupted();
    try {
      MethodHandle method = copyOf(archive, caller.lookupClass()).find(caller, advice, name, type);
      return method == null
          ? null
          : new ConstantCallSite(killSwitch.guardWithTest(method, MethodHandles.empty(type)));
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Turns every call site into a no-op at once, for good. */
  void disable() {
    SwitchPoint.invalidateAll(new SwitchPoint[] {killSwitch});
  }

  /** One entry per adapter and copy of its library that has called and is still there. */
  synchronized List<AdapterStatus> statuses() {
    forgetUnloaded();
    return copies.stream().map(LibraryCopy::status).toList();
  }

  private LibraryCopy copyOf(AdapterArchive archive, Class<?> hooked) {
    LibraryCopy known = known(archive, hooked.getClassLoader());
    return known == null ? keep(new LibraryCopy(archive, hooked)) : known;
  }

  /** Of two threads that examined the same copy, the first decides, and says what is wrong. */
  private LibraryCopy keep(LibraryCopy made) {
    synchronized (this) {
      LibraryCopy known = known(made.archive, made.library.get());
      if (known != null) {
        return known;
      }
      copies.add(made);
    }
    if (made.status().state() == State.UNSUPPORTED_SHAPE) {
      host.unsupported(made.status());
    }
    return made;
  }

  private synchronized @Nullable LibraryCopy known(
      AdapterArchive archive, @Nullable ClassLoader library) {
    forgetUnloaded();
    for (LibraryCopy copy : copies) {
      if (copy.archive == archive && copy.library.get() == library) {
        return copy;
      }
    }
    return null;
  }

  private void forgetUnloaded() {
    copies.removeIf(copy -> !copy.isOfBootLoader && copy.library.get() == null);
  }

  /**
   * One adapter for one copy of its library. Holds both weakly, since an adapter's classes refer to
   * the library's loader; compares the latter by identity, whatever its own {@code equals} says.
   */
  private final class LibraryCopy {
    private final AdapterArchive archive;
    private final boolean isOfBootLoader;
    private final WeakReference<@Nullable ClassLoader> library;
    private volatile AdapterStatus status;
    private WeakReference<@Nullable AdapterLoader> loader = new WeakReference<>(null);

    LibraryCopy(AdapterArchive archive, Class<?> hooked) {
      this.archive = archive;
      this.isOfBootLoader = hooked.getClassLoader() == null;
      this.library = new WeakReference<>(hooked.getClassLoader());
      this.status = new AdapterStatus(archive.adapter().name(), State.ACTIVE, null, "");
      try {
        this.status = examine(hooked);
      } catch (Throwable fault) {
        fail(fault);
      }
    }

    AdapterStatus status() {
      return killSwitch.hasBeenInvalidated() ? status.disabled() : status;
    }

    private AdapterStatus examine(Class<?> hooked) {
      String name = archive.adapter().name();
      if (!host.isEnabled(name)) {
        return new AdapterStatus(name, State.DISABLED, null, "by option");
      }
      String version = archive.adapter().version(hooked);
      String missing = ShapeCheck.firstMissing(archive, hooked.getClassLoader());
      return missing == null
          ? new AdapterStatus(name, State.ACTIVE, version, "")
          : new AdapterStatus(name, State.UNSUPPORTED_SHAPE, version, "no " + missing);
    }

    /** The adapter's method; null if calls of this copy are left alone. */
    @Nullable MethodHandle find(
        MethodHandles.Lookup caller, String advice, String name, MethodType type) {
      if (status.state() != State.ACTIVE) {
        return null;
      }
      try {
        Class<?> adviceClass = loaderFor(caller.lookupClass()).loadClass(advice);
        return MethodHandles.publicLookup().findStatic(adviceClass, name, type);
      } catch (Throwable fault) {
        fail(fault);
        return null;
      }
    }

    /** From now on no more sites are linked: half an adapter is worse than none. */
    private void fail(Throwable fault) {
      status =
          new AdapterStatus(
              status.name(), State.FAULTED, status.libraryVersion(), String.valueOf(fault));
      host.faulted("linking " + status.name(), fault);
    }

    /** Once linked, the library's own call sites keep the loader alive. */
    private AdapterLoader loaderFor(Class<?> hooked) {
      synchronized (Linker.this) {
        AdapterLoader known = loader.get();
        if (known == null) {
          known = new AdapterLoader(archive, hooked.getClassLoader());
          open(hooked.getModule(), known.getUnnamedModule());
          loader = new WeakReference<>(known);
        }
        return known;
      }
    }

    private void open(Module library, Module adapter) {
      List<String> packages = archive.adapter().opens();
      if (!library.isNamed() || packages.isEmpty()) {
        return;
      }
      Map<String, Set<Module>> opens = new HashMap<>();
      for (String each : packages) {
        if (library.getPackages().contains(each)) {
          opens.put(each, Set.of(adapter));
        }
      }
      instrumentation.redefineModule(library, Set.of(), Map.of(), opens, Set.of(), Map.of());
    }
  }
}
