package io.github.llm4j.trainers.schedule;

/**
 * {@code cosine}: warm-up, then half a cosine from the peak to {@code min-lr} (Loshchilov and
 * Hutter 2017, arXiv:1608.03983, equation 5, without restarts).
 */
public final class CosineProvider implements ScheduleProvider<CosineSettings> {

  @Override
  public String type() {
    return "cosine";
  }

  @Override
  public Class<CosineSettings> settings() {
    return CosineSettings.class;
  }

  @Override
  public Schedule create(CosineSettings settings, ScheduleContext context) {
    long warmup = WarmUp.steps(settings.warmup(), context.steps());
    double range = context.lr() - settings.minLr();
    Schedule cosine =
        step -> {
          double progress = WarmUp.progress(step, warmup, context.steps());
          return settings.minLr() + 0.5 * (1 + Math.cos(Math.PI * progress)) * range;
        };
    return WarmUp.before(cosine, settings.warmup(), context);
  }
}
