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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Links a call site, on its first call, to the adapter's method for the copy of the library that
 * the site belongs to; to a constant no-op if that copy does not fit, or if the switch is off.
 * Thread-safe.
 *
 * <p>Whoever links takes the lock once per call site. Nothing in here is on the path of a call that
 * is linked.
 */
final class Linker {
  private final Instrumentation instrumentation;
  private final Instrumenter.Host host;
  private final Map<String, AdapterArchive> archivesByAdvice;
  private final SwitchPoint killSwitch = new SwitchPoint();

  /** Weak both ways: an adapter's classes refer to the library's loader. */
  private final Map<ClassLoader, List<LibraryCopy>> copies = new WeakHashMap<>();

  private final List<LibraryCopy> bootCopies = new ArrayList<>();

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
      MethodHandles.Lookup caller, String name, MethodType type, Object[] arguments)
      throws ReflectiveOperationException {
    String advice = (String) arguments[0];
    AdapterArchive archive = archivesByAdvice.get(advice);
    if (archive == null || killSwitch.hasBeenInvalidated()) {
      return null;
    }
    host.awaitConfiguration();
    LibraryCopy copy = copyOf(archive, caller.lookupClass());
    AdapterLoader loader = copy.loaderFor(caller.lookupClass());
    if (loader == null) {
      return null;
    }
    MethodHandle method =
        MethodHandles.publicLookup().findStatic(loader.loadClass(advice), name, type);
    return new ConstantCallSite(killSwitch.guardWithTest(method, MethodHandles.empty(type)));
  }

  /** Turns every call site into a no-op at once, for good. */
  void disable() {
    SwitchPoint.invalidateAll(new SwitchPoint[] {killSwitch});
  }

  /** One entry per adapter and copy of its library that has called. */
  synchronized List<AdapterStatus> statuses() {
    List<AdapterStatus> statuses = new ArrayList<>();
    bootCopies.forEach(copy -> statuses.add(copy.status()));
    copies.values().forEach(list -> list.forEach(copy -> statuses.add(copy.status())));
    return statuses;
  }

  private synchronized LibraryCopy copyOf(AdapterArchive archive, Class<?> hooked) {
    ClassLoader library = hooked.getClassLoader();
    List<LibraryCopy> ofLoader =
        library == null ? bootCopies : copies.computeIfAbsent(library, loader -> new ArrayList<>());
    for (LibraryCopy copy : ofLoader) {
      if (copy.archive == archive) {
        return copy;
      }
    }
    LibraryCopy copy = new LibraryCopy(archive, hooked);
    ofLoader.add(copy);
    return copy;
  }

  /** One adapter for one copy of its library. Holds the library weakly. */
  private final class LibraryCopy {
    private final AdapterArchive archive;
    private final AdapterStatus status;
    private WeakReference<AdapterLoader> loader = new WeakReference<>(null);

    LibraryCopy(AdapterArchive archive, Class<?> hooked) {
      this.archive = archive;
      String name = archive.adapter().name();
      String version = archive.adapter().version(hooked);
      if (!host.isEnabled(name)) {
        this.status = new AdapterStatus(name, State.DISABLED, version, "by option");
        return;
      }
      String missing = ShapeCheck.firstMissing(archive, hooked.getClassLoader());
      State state = missing == null ? State.ACTIVE : State.UNSUPPORTED_SHAPE;
      this.status = new AdapterStatus(name, state, version, missing == null ? "" : "no " + missing);
      if (missing != null) {
        host.unsupported(status);
      }
    }

    AdapterStatus status() {
      return killSwitch.hasBeenInvalidated() ? status.disabled() : status;
    }

    /**
     * Null if the copy does not fit. Once linked, the library's own call sites keep the loader
     * alive.
     */
    @Nullable AdapterLoader loaderFor(Class<?> hooked) {
      if (status.state() != State.ACTIVE) {
        return null;
      }
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
      Map<String, Set<Module>> opens = new java.util.HashMap<>();
      for (String each : packages) {
        if (library.getPackages().contains(each)) {
          opens.put(each, Set.of(adapter));
        }
      }
      instrumentation.redefineModule(library, Set.of(), Map.of(), opens, Set.of(), Map.of());
    }
  }
}
