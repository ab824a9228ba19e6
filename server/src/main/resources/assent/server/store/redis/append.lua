-- Puts a message into a mailbox.
-- KEYS a m s f e b x t
-- ARGV 1 whom it is sealed for (device 16, consent 16, or nothing for nobody), 2 only for this device, or
-- nothing, 3 sending device and message id, 4 row, 5 accepted at, 6 expires, 7 deadline or nothing,
-- 8 score of the first of the two, 9 the sender on the block list, 10 1 if suspended,
-- 11 messages max, 12 bytes max, 13 outcomes max
local a, m, s, f, e, b, x, t = unpack(KEYS)
local id, row, now, expiry, deadline = ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local max = tonumber(ARGV[13])
local there = redis.call('HMGET', a, 'i', 'q', 'b')
local seat = redis.call('HGET', t, 'g') or ''
local owner = there[1] or ''
if owner ~= ARGV[1] then
  return { 'STALE', owner, redis.call('HGET', a, 'r') or '' }
end
if deadline ~= '' then
  local noted = redis.call('HGET', f, id)
  if noted and not due(string.sub(noted, 1, 8), now) then
    local at = string.sub(noted, 9, 16)
    if at ~= DECIDED and not due(at, now) then return { 'FALLS', at } end
    redis.call('HSET', f, id, string.sub(noted, 1, 8) .. DECIDED)
    return { 'FALLS', '' }
  end
end
local answer = 'NONE'
if owner ~= '' and (ARGV[2] == '' or ARGV[2] == string.sub(owner, 1, 16)) then
  local known = redis.call('HGET', s, id)
  local purged = false
  if known and due(expiresOf(known), now) then
    if state(known) == WAITING then
      drop(a, m, s, e, id, known)
    else
      redis.call('HDEL', s, id)
      redis.call('ZREM', e, 'm' .. id)
    end
  elseif known then
    if state(known) == WAITING and due(deadlineOf(known), now) then
      drop(a, m, s, e, id, known)
      fallsBack(f, e, x, id, expiresOf(known), DECIDED, max)
      return { 'FALLS', '' }
    end
    purged = state(known) == PURGED and deadline ~= ''
    if not purged then
      return { 'KNOWN', state(known), sequenceOf(known), deadlineOf(known), seat }
    end
  end
  if not purged and ARGV[10] ~= '1' and redis.call('SISMEMBER', b, ARGV[9]) == 0 then
    local waiting = redis.call('ZCARD', m)
    local bytes = tonumber(there[3] or '0') + #row
    if waiting >= tonumber(ARGV[11]) or bytes > tonumber(ARGV[12]) then
      answer = 'FULL'
    else
      -- The time, so that a sequence that was lost with its primary is never given again: somebody
      -- may have read on past it.
      local time = redis.call('TIME')
      local sequence = math.max(tonumber(there[2] or '0') + 1, time[1] * 1000000 + time[2])
      forget(s, e, 'm', max, waiting, function(kept)
        return state(kept) ~= WAITING and number(sequenceOf(kept))
      end)
      redis.call('ZADD', m, digits(sequence), row)
      redis.call('HSET', a, 'q', digits(sequence), 'b', digits(bytes))
      redis.call('HSET', s, id, sent(WAITING, eight(sequence), expiry, #row, deadline ~= '' and deadline or NEVER))
      expires(e, x, 'm' .. id, ARGV[8])
      return { 'PUT', eight(sequence), seat }
    end
  end
elseif owner ~= '' and deadline == '' and redis.call('HEXISTS', s, id) == 0 then
  -- It was on its way to the device that had the number before.
  redis.call('HSET', s, id, sent(PURGED, eight(tonumber(there[2] or '0')), expiry, 0, NEVER))
  expires(e, x, 'm' .. id, micros(expiry))
end
if deadline ~= '' then
  fallsBack(f, e, x, id, expiry, deadline, max)
  return { 'FALLS', deadline }
end
return { answer }
