import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.tokenizers.Tokenizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Our tokenizers beside their originals: the same texts, in one process, in turns.
 *
 * <pre>
 *   TokenizerSpeed THREADS SECONDS TEXTS TOKENIZER...
 * </pre>
 *
 * TEXTS is a folder of .txt files; a text of more than one line is taken in documents of 4 KB, a
 * text of one line whole. A TOKENIZER is a file that {@link Tokenizers#open} reads; a
 * tokenizer.json is held against Hugging Face's library (ids only), and {@code NAME=FILE} with
 * {@code r50k}, {@code cl100k} or {@code o200k} against jtokkit. Ids that differ are said.
 */
public final class TokenizerSpeed {
  private interface Coder {
    int[] encode(String text);

    String decode(int[] ids);
  }

  private record Text(String name, List<String> documents, long bytes) {}

  private record Side(String name, Coder coder) {}

  private TokenizerSpeed() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("ai.djl.offline", "true");
    int threads = Integer.parseInt(args[0]);
    double seconds = Double.parseDouble(args[1]);
    List<Text> texts = texts(Path.of(args[2]));
    System.out.printf(
        Locale.ROOT,
        "%-14s %-8s %10s %10s %7s %10s %10s %7s  MB/s, %d thread(s), medians%n",
        "tokenizer",
        "text",
        "encode",
        "peer",
        "ratio",
        "decode",
        "peer",
        "ratio",
        threads);
    for (String arg : Arrays.copyOfRange(args, 3, args.length)) {
      String[] parts = arg.split("=", 2);
      Path file = Path.of(parts[parts.length - 1]);
      Tokenizer tokenizer = Tokenizers.open(file);
      Coder ours =
          new Coder() {
            @Override
            public int[] encode(String text) {
              return tokenizer.encode(text);
            }

            @Override
            public String decode(int[] ids) {
              return tokenizer.decode(ids);
            }
          };
      Optional<Side> peer =
          parts.length == 2
              ? Optional.of(new Side("jtokkit", jtokkit(parts[0])))
              : file.toString().endsWith(".json")
                  ? Optional.of(new Side("hugging-face", huggingFace(file)))
                  : Optional.empty();
      for (Text text : texts) {
        compare(file, parts, text, ours, peer, threads, seconds);
      }
    }
  }

  private static void compare(
      Path file,
      String[] parts,
      Text text,
      Coder ours,
      Optional<Side> peer,
      int threads,
      double seconds)
      throws InterruptedException {
    int n = text.documents.size();
    int[][] ids = new int[n][];
    String[] back = new String[n];
    for (int i = 0; i < n; i++) {
      ids[i] = ours.encode(text.documents.get(i));
      if (peer.isPresent()
          && !Arrays.equals(ids[i], peer.get().coder.encode(text.documents.get(i)))) {
        System.out.printf("%s, %s: other ids in document %d%n", file.getFileName(), text.name, i);
        break;
      }
    }
    for (int i = 0; i < n; i++) {
      ids[i] = ours.encode(text.documents.get(i));
    }
    List<List<Double>> rates = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      rates.add(new ArrayList<>());
    }
    long begin = System.nanoTime();
    for (int round = 0; round < 5 || System.nanoTime() - begin < seconds * 1e9; round++) {
      rates.get(0).add(rate(text, threads, i -> ids[i] = ours.encode(text.documents.get(i))));
      rates.get(2).add(rate(text, threads, i -> back[i] = ours.decode(ids[i])));
      if (peer.isPresent()) {
        Coder theirs = peer.get().coder;
        rates.get(1).add(rate(text, threads, i -> ids[i] = theirs.encode(text.documents.get(i))));
        rates.get(3).add(rate(text, threads, i -> back[i] = theirs.decode(ids[i])));
      }
    }
    double[] median = rates.stream().mapToDouble(TokenizerSpeed::median).toArray();
    String name = parts.length == 2 ? parts[0] : file.getFileName().toString().replace(".json", "");
    if (name.equals("tokenizer")) {
      name = file.toAbsolutePath().getParent().getFileName().toString();
    }
    System.out.printf(
        Locale.ROOT,
        "%-14.14s %-8s %10.1f %10.1f %7.1f %10.1f %10.1f %7.1f%n",
        name,
        text.name,
        median[0],
        median[1],
        median[0] / median[1],
        median[2],
        median[3],
        median[2] / median[3]);
  }

  /** Of the second half, which is warm. */
  private static double median(List<Double> rates) {
    List<Double> warm = rates.subList(rates.size() / 2, rates.size()).stream().sorted().toList();
    return warm.isEmpty() ? Double.NaN : warm.get(warm.size() / 2);
  }

  private interface Job {
    void run(int document);
  }

  /** MB/s of a pass over all documents. */
  private static double rate(Text text, int threads, Job job) throws InterruptedException {
    int n = text.documents.size();
    java.util.concurrent.atomic.AtomicInteger next =
        new java.util.concurrent.atomic.AtomicInteger();
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
            job.run(i);
          }
        };
    long begin = System.nanoTime();
    List<Thread> others = new ArrayList<>();
    for (int t = 1; t < threads; t++) {
      others.add(Thread.ofPlatform().start(work));
    }
    work.run();
    for (Thread other : others) {
      other.join();
    }
    return text.bytes * 1e3 / (System.nanoTime() - begin);
  }

  private static List<Text> texts(Path folder) throws IOException {
    List<Text> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        String whole = Files.readString(file);
        List<String> documents = new ArrayList<>();
        int end = 0;
        for (int from = 0; from < whole.length(); from = end) {
          int line = whole.indexOf('\n', Math.min(whole.length(), from + 4000));
          end = line < 0 ? whole.length() : line + 1;
          documents.add(whole.substring(from, end));
        }
        texts.add(
            new Text(
                file.getFileName().toString().replace(".txt", ""),
                documents,
                whole.getBytes(StandardCharsets.UTF_8).length));
      }
    }
    return texts;
  }

  private static Coder huggingFace(Path json) {
    HuggingFaceTokenizer tokenizer;
    try {
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              json, Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TokenizersLibrary library = TokenizersLibrary.LIB;
    return new Coder() {
      @Override
      public int[] encode(String text) {
        long encoding = library.encode(tokenizer.getHandle(), text, false);
        long[] ids = library.getTokenIds(encoding);
        library.deleteEncoding(encoding);
        return Arrays.stream(ids).mapToInt(id -> (int) id).toArray();
      }

      @Override
      public String decode(int[] ids) {
        return library.decode(
            tokenizer.getHandle(), Arrays.stream(ids).asLongStream().toArray(), false);
      }
    };
  }

  private static Coder jtokkit(String name) {
    EncodingType type =
        switch (name) {
          case "r50k" -> EncodingType.R50K_BASE;
          case "cl100k" -> EncodingType.CL100K_BASE;
          case "o200k" -> EncodingType.O200K_BASE;
          default -> throw new IllegalArgumentException("r50k, cl100k or o200k expected: " + name);
        };
    com.knuddels.jtokkit.api.Encoding encoding =
        Encodings.newLazyEncodingRegistry().getEncoding(type);
    return new Coder() {
      @Override
      public int[] encode(String text) {
        IntArrayList list = encoding.encodeOrdinary(text);
        int[] ids = new int[list.size()];
        for (int i = 0; i < ids.length; i++) {
          ids[i] = list.get(i);
        }
        return ids;
      }

      @Override
      public String decode(int[] ids) {
        IntArrayList list = new IntArrayList(ids.length);
        for (int id : ids) {
          list.add(id);
        }
        return encoding.decode(list);
      }
    };
  }
}
