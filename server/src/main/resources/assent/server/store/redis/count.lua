-- Counts within a window, asks, or takes back.
-- KEYS a e x; ARGV 1 counter, 2 what to do, 3 now, 4 latest end, 5 amount, 6 max
local a, e, x = unpack(KEYS)
local field, now, amount, max = ARGV[1], ARGV[3], tonumber(ARGV[5]), tonumber(ARGV[6])
local kept = redis.call('HGET', a, field)
local running = kept and not due(string.sub(kept, 5, 12), now)
local count = running and (struct.unpack('>I4', kept)) or 0
local ends = running and string.sub(kept, 5, 12) or ARGV[4]
local function put(newCount)
  redis.call('HSET', a, field, struct.pack('>I4', newCount) .. ends)
  expires(e, x, field, micros(ends))
end
if ARGV[2] == 'BACK' then
  if running and count > 0 then put(math.max(0, count - amount)) end
  return { 'DONE' }
end
if ARGV[2] == 'LOOK' then
  if count < max then return { 'COUNTED', max - count } end
  return { 'LIMIT', ends }
end
if running and not due(ends, ARGV[4]) then ends = ARGV[4] end
if count > max - math.max(1, amount) then
  if running then put(count) end
  return { 'LIMIT', ends }
end
if amount > 0 then put(count + amount) end
return { 'COUNTED', max - count - amount }
