package io.github.llm4j.backend.cpu.onednn;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.KernelSet;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.backend.cpu.product.Product;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Products and linear maps in F32 and bf16 by oneDNN. */
public final class OneDnnProducts implements KernelSet {
  private static final String REMEDY =
      "Put org.bytedeco:dnnl with the classifier of this platform on the class path; without it"
          + " products are several times slower.";

  private final OneDnn library;
  private final Workers workers;
  private final Map<Product, Long> scratch = new ConcurrentHashMap<>();

  private OneDnnProducts(OneDnn library, Workers workers) {
    this.library = library;
    this.workers = workers;
  }

  /** Looks whether the library is there, without loading it. */
  public static Availability probe() {
    return NativeFiles.present()
        ? Availability.available("oneDNN for " + NativeFiles.platform() + " is on the class path")
        : Availability.unavailable(
            "no jar on the class path holds oneDNN for " + NativeFiles.platform(), REMEDY);
  }

  /** What loading gave: the products, or why there are none. */
  public record Loaded(Optional<OneDnnProducts> products, Availability availability) {}

  /** Loads the library, if it is there and can be. */
  public static Loaded load(Workers workers) {
    Availability probed = probe();
    if (!probed.usable()) {
      return new Loaded(Optional.empty(), probed);
    }
    try {
      OneDnn library = Holder.library();
      return new Loaded(
          Optional.of(new OneDnnProducts(library, workers)),
          Availability.available("oneDNN " + library.version()));
    } catch (IOException | UnsatisfiedLinkError e) {
      return new Loaded(
          Optional.empty(),
          Availability.unavailable("oneDNN can't be loaded: " + e.getMessage(), REMEDY));
    }
  }

  /** One library a process. */
  private static final class Holder {
    private static @org.jspecify.annotations.Nullable OneDnn loaded;

    static synchronized OneDnn library() throws IOException {
      OneDnn library = loaded;
      if (library == null) {
        library = new OneDnn();
        loaded = library;
      }
      return library;
    }
  }

  @Override
  public Optional<Kernel> kernel(Op op, List<TensorSpec> inputs) {
    return Product.of(op, inputs).map(p -> new ProductKernel(library, workers, p, scratch));
  }
}
