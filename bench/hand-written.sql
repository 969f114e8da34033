-- The model of model.yaml as one would write it by hand for this one purpose: one pass over the index, in the order of subjects, 24 filtered aggregates
-- and the days on which a record leaves its window. Weights and points are folded into whole hundredths of hundredths.
-- :range is replaced by a range of subjects.
insert into bench.result (subject_id, score, grade, holds_until)
select subject_id, score / 10000.0, case when serious >= 200 then 'D' when refused >= 1 and score >= 850000 then 'B' when score >= 850000 then 'A' when score >= 700000 then 'B' when score >= 500000 then 'C' else 'D' end, holds_until
from (
  select s.subject_id, coalesce(f.serious, 0) as serious, coalesce(f.refused, 0) as refused,
    greatest(0, least(1000000,
      45 * greatest(0, least(10000, 10000 - 40 * coalesce(f.serious, 0) - 15 * coalesce(f.general, 0) - least(1200, 400 * coalesce(f.minor, 0))
        - case when f.fines >= 10000000 then 2500 when f.fines >= 1000000 then 1000 else 0 end - least(3000, 1000 * coalesce(f.large, 0)) - case when f.confiscated > 0 then 800 else 0 end
        - least(600, 200 * coalesce(f.warnings, 0)) + case when f.last_penalty is null then 1000 when date '2026-11-02' - f.last_penalty < 180 then -1000 when date '2026-11-02' - f.last_penalty < 720 then 0 else 500 end))
      + 25 * greatest(0, least(10000, 8000 - least(3000, 500 * coalesce(f.problems, 0)) - least(4000, 1000 * coalesce(f.open_problems, 0))
        + case when coalesce(f.inspections3, 0) = 0 then 0 when f.clean * 100 >= 90 * f.inspections3 then 1000 when f.clean * 100 >= 50 * f.inspections3 then 0 else -1000 end
        - least(4000, 2000 * coalesce(f.refused, 0)) + case when f.inspections1 > 0 then 500 else 0 end
        + case f.latest_inspection[3] when 0 then 500 when 1 then -500 else 0 end))
      + 15 * greatest(0, least(10000, 5000 + case when f.running >= 3 then 3000 when f.running >= 1 then 2000 else 0 end - least(500, 100 * coalesce(f.ended, 0)) - case when f.invalid > 0 then 3000 else 0 end
        + case when f.licensed > 0 then 500 else 0 end + case when s.founded_on > date '2026-11-02' or s.founded_on is null then 0 when s.founded_on <= date '2023-11-02' then 2000 when s.founded_on <= date '2025-11-02' then 1000 else 0 end))
      + 15 * greatest(0, least(10000, 8000 - 3000 * coalesce(f.broken, 0) + least(2000, 500 * coalesce(f.kept, 0))
        + case when coalesce(f.commitments, 0) = 0 then 0 when f.all_kept * 100 >= 80 * f.commitments then 500 else -1000 end
        - least(4000, 8 * coalesce(f.upheld, 0)) - case when f.complaints >= 10 then 1000 when f.complaints >= 3 then 500 else 0 end)))) as score,
    least(date '2035-01-01', f.use_ends, f.begins, f.ends, (f.within6 + interval '6 months')::date, (f.within12 + interval '12 months')::date, (f.within24 + interval '24 months')::date, (f.within36 + interval '36 months')::date,
      case when f.last_penalty + 180 > date '2026-11-02' then f.last_penalty + 180 when f.last_penalty + 720 > date '2026-11-02' then f.last_penalty + 720 end,
      case when s.founded_on > date '2026-11-02' then s.founded_on when s.founded_on > date '2025-11-02' then (s.founded_on + interval '12 months')::date when s.founded_on > date '2023-11-02' then (s.founded_on + interval '36 months')::date end) as holds_until
  from subjects.subject s
  left join (
    select subject_id,
      sum(case when decided_on >= '2025-11-03' then 100 when decided_on >= '2024-11-03' then 60 when decided_on >= '2023-11-03' then 30 else 0 end) filter (where kind = 'penalty' and class = 'serious') as serious,
      sum(case when decided_on >= '2025-11-03' then 100 when decided_on >= '2024-11-03' then 60 when decided_on >= '2023-11-03' then 30 else 0 end) filter (where kind = 'penalty' and class = 'general') as general,
      count(*) filter (where kind = 'penalty' and class = 'minor' and decided_on >= '2025-11-03') as minor,
      sum(amount_fen) filter (where kind = 'penalty' and decided_on >= '2024-11-03' and tags && '{fine}') as fines,
      count(*) filter (where kind = 'penalty' and decided_on >= '2024-11-03' and amount_fen >= 5000000) as large,
      count(*) filter (where kind = 'penalty' and decided_on >= '2023-11-03' and tags && '{confiscation}') as confiscated,
      count(*) filter (where kind = 'penalty' and decided_on >= '2025-11-03' and tags && '{warning}') as warnings,
      max(decided_on) filter (where kind = 'penalty') as last_penalty,
      count(*) filter (where kind = 'inspection' and decided_on >= '2024-11-03' and tags && '{problem}') as problems,
      count(*) filter (where kind = 'inspection' and decided_on >= '2024-11-03' and tags && '{problem}' and not tags && '{corrected}') as open_problems,
      count(*) filter (where kind = 'inspection' and decided_on >= '2023-11-03') as inspections3,
      count(*) filter (where kind = 'inspection' and decided_on >= '2023-11-03' and tags && '{no-problem}') as clean,
      count(*) filter (where kind = 'inspection' and decided_on >= '2024-11-03' and tags && '{not-cooperating}') as refused,
      count(*) filter (where kind = 'inspection' and decided_on >= '2025-11-03') as inspections1,
      max(array[decided_on - date '1970-01-01', record_id, case when tags && '{no-problem}' then 0 when tags && '{problem}' then 1 else 2 end]) filter (where kind = 'inspection') as latest_inspection,
      count(*) filter (where kind = 'licence' and not tags && '{invalid}' and (ends_on is null or ends_on > '2026-11-02')) as running,
      count(*) filter (where kind = 'licence' and decided_on >= '2023-11-03' and ends_on <= '2026-11-02') as ended,
      count(*) filter (where kind = 'licence' and decided_on >= '2024-11-03' and tags && '{invalid}') as invalid,
      count(*) filter (where kind = 'licence' and department = 'market-regulation') as licensed,
      count(*) filter (where kind = 'commitment' and decided_on >= '2024-11-03' and tags && '{broken}') as broken,
      count(*) filter (where kind = 'commitment' and decided_on >= '2024-11-03' and tags && '{kept}') as kept,
      count(*) filter (where kind = 'commitment') as commitments,
      count(*) filter (where kind = 'commitment' and tags && '{kept}') as all_kept,
      sum(case when decided_on >= '2026-05-03' then 100 when decided_on >= '2025-11-03' then 50 else 0 end) filter (where kind = 'complaint' and tags && '{upheld}') as upheld,
      count(*) filter (where kind = 'complaint' and decided_on >= '2025-11-03') as complaints,
      min(use_ends_on) as use_ends,
      min(decided_on) filter (where decided_on > '2026-11-02') as begins,
      min(ends_on) filter (where kind = 'licence' and ends_on > '2026-11-02') as ends,
      min(decided_on) filter (where kind = 'complaint' and decided_on >= '2026-05-03') as within6,
      min(decided_on) filter (where kind in ('penalty', 'inspection', 'complaint') and decided_on >= '2025-11-03') as within12,
      min(decided_on) filter (where kind <> 'complaint' and decided_on >= '2024-11-03') as within24,
      min(decided_on) filter (where kind in ('penalty', 'inspection', 'licence') and decided_on >= '2023-11-03') as within36
    from records.standing
    where known_until = 'infinity' and not withdrawn and (use_ends_on is null or use_ends_on > '2026-11-02') and kind in ('penalty', 'inspection', 'licence', 'commitment', 'complaint') and subject_id >= :from and subject_id < :below
    group by subject_id
  ) f using (subject_id)
  where s.subject_id >= :from and s.subject_id < :below
) scored
