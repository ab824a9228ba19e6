-- Erases what has expired of 32 bytes: at most so much.
-- KEYS a m s f e x; ARGV 1 now, 2 its score, rounded up, 3 max, 4 outcomes max
local a, m, s, f, e, x = unpack(KEYS)
local now, erased = ARGV[1], 0
local function message(id, member)
  local row = redis.call('HGET', s, id)
  if not row then
    redis.call('ZREM', e, member)
  elseif state(row) == WAITING then
    if due(deadlineOf(row), now) or due(expiresOf(row), now) then
      drop(a, m, s, e, id, row)
      if deadlineOf(row) ~= NEVER and not due(expiresOf(row), now) then
        fallsBack(f, e, x, id, expiresOf(row), DECIDED, tonumber(ARGV[4]))
      end
      erased = erased + 1
    end
  elseif due(expiresOf(row), now) then
    redis.call('HDEL', s, id)
    redis.call('ZREM', e, member)
    erased = erased + 1
  end
end
local function field(hash, name, from, member)
  local row = redis.call('HGET', hash, name)
  if not row or due(string.sub(row, from, from + 7), now) then
    if row then erased = erased + 1 end
    redis.call('HDEL', hash, name)
    redis.call('ZREM', e, member)
  end
end
for _, member in ipairs(redis.call('ZRANGEBYSCORE', e, '-inf', ARGV[2], 'LIMIT', 0, ARGV[3])) do
  local kind = string.sub(member, 1, 1)
  if kind == 'm' then message(string.sub(member, 2), member)
  elseif kind == 'f' then field(f, string.sub(member, 2), 1, member)
  elseif kind == 'p' then field(a, 'p', 10, member)
  elseif kind == 'h' then field(a, 'h', 17, member)
  else field(a, kind, 5, member) end
end
local first = redis.call('ZRANGE', e, 0, 0, 'WITHSCORES')
local mine = 'n' .. string.sub(e, -32)
if first[1] then redis.call('ZADD', x, first[2], mine) else redis.call('ZREM', x, mine) end
return erased
