package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.HighestRandomWeightSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.ServiceTree;
import dev.evenkeel.balancer.spec.StrategySpec;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One load: file, then the layers over it, then decoding. Not thread-safe; one per load. */
final class Loader {
  private static final String SERVICES = "services.";
  private static final String EVENKEEL = "evenkeel.";

  private final Problems problems = new Problems();
  private final Settings settings;
  private final Context context;
  private final KnownTransports knownTransports;
  private List<String> files = List.of();

  /** False if a file of a directory is not in the tree: what others refer to may stand in it. */
  private boolean isWhole = true;

  Loader(Settings settings, KnownTransports knownTransports) {
    this.settings = settings;
    this.knownTransports = knownTransports;
    this.context = new Context(problems, settings.placeholders());
  }

  Configuration load() {
    Node tree = file();
    noteStrayArguments();
    for (Settings.Given given : settings.given()) {
      Node branch = branch(given);
      tree = branch == null ? tree : Layers.merge(Schema.ROOT, tree, branch);
    }
    Value decoded = Schema.ROOT.decode(tree, Place.root(tree.origin()), context);
    Section root = decoded == null ? null : (Section) decoded.data();
    Section http = root == null ? null : root.section("http");
    Map<String, Value> sections = http == null ? Map.of() : http.map("services");
    Transports transports =
        new Transports(
            http == null ? Map.of() : http.map("serversTransports"),
            isWhole,
            knownTransports,
            problems);
    List<ServiceSpec> services = services(sections, extras(root, sections), transports);
    transports.noteUnused();
    if (isWhole) {
      noteTreeProblems(services, sections);
    }
    noteIdleHashes(services, root);
    Settings all = settings.withFile(root == null ? Map.of() : fileSettings(root));
    if (!problems.hasFatal() && services.isEmpty()) {
      noteNothing();
    }
    if (!problems.hasFatal()) {
      knownTransports.replaceBy(transports);
    }
    List<ServiceSpec> balanced = new LeftAlone(sections, problems).without(services);
    BalancerSpec spec = problems.hasFatal() ? BalancerSpec.EMPTY : new BalancerSpec(balanced);
    return new Configuration(spec, problems.sorted(files), all);
  }

  /** What is wrong with the options alone, where there is nothing to load. */
  List<Problem> optionProblems() {
    noteStrayArguments();
    settings.given().forEach(this::branch);
    return problems.sorted(files);
  }

  private void noteStrayArguments() {
    for (String stray : settings.strayArguments()) {
      Place place = Place.root(new Origin("agent argument", 0));
      problems.note(place, Printable.of(stray) + " (expected: key=value)");
    }
  }

  private Node file() {
    String name = settings.file();
    Node.Block none = new Node.Block(new Origin(name, 0), Map.of());
    if (name == null) {
      return none;
    }
    ConfigFiles found = ConfigFiles.of(new File(name));
    if (found.isDirectory()) {
      return directory(name, found);
    }
    Node.Block read = new ConfigFile(name, problems).read();
    return read == null ? none : EvenkeelSection.undotted(read);
  }

  private Node directory(String name, ConfigFiles found) {
    files = found.files().stream().map(File::getPath).toList();
    ConfigDirectory directory = new ConfigDirectory(name, context);
    Node tree = directory.read(found);
    isWhole = directory.isWhole();
    return tree;
  }

  /** What one option outside the file adds to the tree; null if it adds nothing. */
  private @Nullable Node branch(Settings.Given given) {
    String key = given.key();
    Node.Leaf leaf = new Node.Leaf(given.origin(), given.value(), null);
    if (key.startsWith(SERVICES) && key.length() > SERVICES.length()) {
      String name = key.substring(SERVICES.length());
      return ServiceOptions.isOption(name)
          ? Layers.branch(Schema.ROOT, EVENKEEL + key, leaf)
          : shorthand(name, given, leaf);
    }
    Option option = AgentOptions.find(key);
    if (option != null) {
      // Only checked: Settings itself answers for it, and its value holds no placeholder.
      Node.Leaf literal = new Node.Leaf(given.origin(), given.value(), given.value());
      option.kind().decode(literal, new Place(given.origin(), key), context);
      return null;
    }
    if (isTraefikKey(key)) {
      return Layers.branch(Schema.ROOT, key, leaf);
    }
    problems.note(
        new Place(given.origin(), Printable.of(key)),
        "unknown option (" + Nearest.hint(key, AgentOptions.keys()) + ")");
    return null;
  }

  /** A service by its name, unless that looks like an option with a typing error. */
  private @Nullable Node shorthand(String name, Settings.Given given, Node.Leaf leaf) {
    String nearest = ServiceOptions.nearest(name);
    if (nearest == null) {
      return Shorthand.branch(name, leaf, context);
    }
    problems.fatal(
        new Place(given.origin(), Printable.of(given.key())),
        "unknown option (did you mean: "
            + SERVICES
            + Printable.of(nearest)
            + "? A service of this name has to be given as http.services."
            + Printable.of(name)
            + ")");
    return null;
  }

  private static boolean isTraefikKey(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return lower.startsWith("http.")
        || lower.startsWith("tcp.")
        || lower.startsWith("udp.")
        || lower.startsWith("tls.");
  }

  /** What the section {@code evenkeel} says of each service. */
  private Map<String, ExtrasSpec> extras(@Nullable Section root, Map<String, Value> services) {
    Section section = root == null ? null : root.section("evenkeel");
    Map<String, ExtrasSpec> extras = new LinkedHashMap<>();
    if (section == null) {
      return extras;
    }
    section
        .map("services")
        .forEach(
            (name, value) -> {
              Value service = services.get(name);
              if (service == null && isWhole) {
                List<String> known = List.copyOf(services.keySet());
                String hint = known.isEmpty() ? "there is none" : Nearest.hint(name, known);
                problems.fatal(value.place(), "no such service (" + hint + ")");
              }
              extras.put(
                  name,
                  new ExtrasReader(problems)
                      .read(
                          (Section) value.data(),
                          service == null ? null : (Section) service.data()));
            });
    return extras;
  }

  private void noteIdleHashes(List<ServiceSpec> services, @Nullable Section root) {
    Section section = root == null ? null : root.section("evenkeel");
    Map<String, Value> extras = section == null ? Map.of() : section.map("services");
    for (ServiceSpec service : services) {
      Value value = extras.get(service.name());
      Section hash = value == null ? null : ((Section) value.data()).section("hash");
      boolean isHashing =
          service instanceof HighestRandomWeightSpec
              || (service instanceof LoadBalancerSpec balancer
                  && balancer.strategy() == StrategySpec.HRW);
      if (hash != null && !isHashing) {
        problems.note(hash.place(), "has no effect without hrw or highestRandomWeight");
      }
    }
  }

  private void noteTreeProblems(List<ServiceSpec> services, Map<String, Value> sections) {
    for (ServiceTree.Problem problem : ServiceTree.of(services, sections.keySet()).problems()) {
      Value section = Objects.requireNonNull(sections.get(problem.service()), problem.service());
      problems.fatal(section.place(), problem.text());
    }
  }

  private List<ServiceSpec> services(
      Map<String, Value> sections, Map<String, ExtrasSpec> extrasByName, Transports transports) {
    List<ServiceSpec> services = new ArrayList<>();
    Map<String, String> seen = new LinkedHashMap<>();
    sections.forEach(
        (name, value) -> {
          String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
          if (other != null) {
            problems.fatal(
                value.place(),
                "differs from service "
                    + Printable.of(other)
                    + " in case only (expected: names that differ as host names do)");
          }
          ExtrasSpec extras = extrasByName.getOrDefault(name, ExtrasSpec.NONE);
          ServiceSpec service =
              new ServiceReader(problems, extras, transports).read(name, (Section) value.data());
          if (service != null) {
            services.add(service);
          }
        });
    return services;
  }

  private static Map<String, String> fileSettings(Section root) {
    Section section = root.section("evenkeel");
    return section == null ? Map.of() : EvenkeelSection.settings(section);
  }

  private void noteNothing() {
    String file = settings.file();
    problems.note(
        Place.root(new Origin(file, 0)),
        file == null
            ? "nothing to balance: no configuration (expected: evenkeel.config=<file>, or"
                + " evenkeel.services.<name>=<urls>)"
            : "nothing to balance: no service (expected: http.services)");
  }
}
